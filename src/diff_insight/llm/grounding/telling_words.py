"""English words of telling a change: of texts, code and their parts, which any diff may be told with."""

from __future__ import annotations

from functools import cache

from diff_insight.llm.grounding.stems import stems

_WORDS = """
    abbreviation about above accept accepted accordion account across actual add added addition additional address
    adds adjust advice advisory affect affected again agree alike all allow alone along alphabetical already also
    alternative always amount ampersand anchor annotation announce another answer any anybody anyone anything api
    apostrophe appear append appendix apply april archive argument arguments around article aside ask asked asks
    assert assets assign assume asterisk asterisks attribute august author available avoid away back backtick
    backticks backward bad based basic become before begin behave behavior behind being below beside besides better
    between beyond block body bold book both bottom bound bounds bracket bracketed brackets breadcrumb brief bring
    brings broader bug build built bullet bump bumped call callback called caller callout calls capitalize
    capitalized caption card carries carry case casing caution cell cells central change changed changelog changes
    chapter character check checkbox checks choice choose citation cite cited clarified clarify class clause clean
    clear clearer cli clickable client clients close closing code collect colon column columns combine come comes
    comma command comment comments common compact compare compared compat compatible compile complete component
    compose condition config configuration configure confirm connect consider consist consistent console constant
    constants constructor contain contains content contents continue contradict contradiction control convention
    convert copied copies copy corner correct corrected correction correctly cosmetic count counts cover covers
    create created creates credit crop cross current currently dash dashes data date dated dates days december
    decide decides declare declared deep default defaults define defined definition delete deletion demand
    dependencies dependency deploy deprecate deprecated deprecation describe described describes description detail
    details determine developer developers deviate differ difference different direct directly directory disappear
    disclaimer discuss displayed distinct distinguish docs docstring document documentation documented documents
    done dot dots double down download draft drawback drop dropped drops duplicate during each earlier early edit
    edited editor edits effect eight either element eleven ellipsis else elsewhere embed emphasis emphasize empty
    enable end endpoint endpoints ends english enough enter entire entirely entries entry enumerate envelope
    environment error escape especially even event events every everything everywhere exact exactly example examples
    except exception exist existing expand expect expected explain explained explains explanation explicit
    explicitly export exported extend extended external extra fact fail failure fall false family feature features
    february fence fenced fetch few field fields fifth figure figures file filename files fill final find finds
    first five fix fixed fixes flag flow follow followed following follows footer footnote footnotes forget form
    formal format former forms found four fourth fragment framework free friday front frontmatter full fully
    function further future gain gained gains general get gets give gives glossary goes going gone good grammar
    grammatical greeting group grow guide half handle handled happen hard have having header heading headings
    headline held help helper hence here hint hold holds hook hour hours however hundred hyperlink hyphen icon icons
    identical image images immediately import important improve include included includes including incorrect
    incorrectly indent indentation independent index individual inform information inherit inline input insert
    inserted inside instance instead instruct instructions interface internal into introduce introduced introduces
    introduction invalid issue italic italics item items itself january join joins july june just keep keeps kept
    key keyboard keyword kind kinds know known knows label labels lack landing language large larger last later
    latter layout lead leads least leave leaves left length less let letter letters level levels libraries library
    license light like likely likewise limit limited line lines link linked links list listed listing lists literal
    little locale located logic login long longer look looks lookup loop loops lose loses loss lost low lower
    lowercase made mainly maintain major make makes mapped march mark markdown marked marker marks match matches
    material matter maximum may mean meaning means meet member mention mentioned mentions menu merge merged message
    metadata method metrics middle migrate migration minimum minor minus minutes misleading missing misspelled
    mistake mixed mobile mode model models modify module monday monospace month months more moreover most mostly
    move moved moves much multiple must name named namely names namespace narrow near nearly need needed needs
    neither nest never new newer newline newly next nine nobody node nodes none nor normal notation note noted notes
    nothing notice november now nullable number numbering numbers object obsolete obvious occur october official
    often old older omit once one only open opening opens operator operators option optional options order ordinary
    original other others otherwise out outdated output outside over override overview own package packages page
    pages pair pairs paragraph parameter parameters parent parentheses parenthesis part partial parts pass passage
    passed passes passing path paths people per perhaps period phrase picture pin pinned place placeholder places
    plain plainly plan platform play plugin plural plus point pointed pointing points possessive possible post
    preamble precede precise prefer prefix prepare prepared prerequisite prerequisites present previous previously
    print prior private procedure process produce product project projects promise prompt proper property prose
    public publish pull punctuated punctuation pure purely purpose push put puts query question quick quite
    quotation quote quoted quotes raise raised range rather reach read readability reader readers reading readme
    reads ready real really reason receive recent recognize recommend record records reduce redundant refactor
    refactored refer reference referred refers reflect regard region regions registry related relation release
    released relies rely remain remaining remains remark remember remove removed removes rename renamed renders
    renumber reorder repeat repeated rephrase rephrased replace replaced replacement replaces report repository
    request require required requirement requirements requires resolve respect respective response responses rest
    restate restore restrict result results retitled return returned returns review revise revised reword reworded
    rewrite rewritten right rise root rotate round route routes row rows rule rules run runs said same sample
    samples saturday save saves say saying says schema scope screen screenshot script scripts sdk sdks second
    seconds section sections see seem seen select selected semicolon send sends sense sent sentence sentences
    separate september sequence serial series serve server servers service services set sets setting settings setup
    seven several shape share shared short shortcut shorten shorter should show showed shown shows shrink side
    sidebar sign signature signing similar simple simpler simplified simply since single sits six size skip slash
    slightly slug small smaller snippet software some someone something source space spaces spacing span spans speak
    special specific specified specify spell spelled spelling spells split stable stale stand standard stands start
    starts state stated statement states status stay stays step steps still stop stops storage straight stray string
    struct structure style subheading subject submodule subsection subtitle such suffix sugar suggest suggests
    summary sunday superfluous supply support supported supports sure switch symbol symbols synonym syntax system
    tab table tables tabs tag tags take taken takes target targets task tell tells template ten tense term
    terminology terms test tests text than that their them themselves then there therefore these they thing things
    third this those though thread three through throughout thumb thursday thus tier till time title titled titles
    together toggle token told tool tooling tools top topic total toward track trailing translate translation treat
    trim true try tuesday turn turns tutorial twelve twice two type types typo typographic typography unavailable
    unchanged under underline underscore undo unified unify unless unlike unlisted unspecified until update updated
    updates upgrade upgrading upper uppercase url urls usable usage use used user users uses usual utility valid
    value values variable variables variant various verb verbatim version versions very view wait want warn warning
    warns was way ways wednesday week well were what whatever when where whereas whether which while white
    whitespace whoever whole whom whose why wide will with within without word wording words wordy work works world
    would wrap wrapper write writes writing written wrong year years yet you your zero zone zones
"""


@cache
def telling_words() -> frozenset[str]:
    """Return the beginnings of the words."""
    return stems(_WORDS)
