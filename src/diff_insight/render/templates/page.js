"use strict";
(function () {
  var all = function (query, root) { return Array.prototype.slice.call((root || document).querySelectorAll(query)); };
  var changes = all(".change"), filter = document.getElementById("filter");

  // A link to a line opens the patch that holds it.
  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var part = target; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    if (target) target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  var tree = document.querySelector(".tree");
  if (tree && matchMedia("(min-width:75rem)").matches) tree.open = true;

  if (filter) {
    var words = filter.querySelector("input"), type = document.getElementById("by-type"), folder = document.getElementById("by-folder");
    var count = filter.querySelector("output"), texts = new Map(), parts = new Map();
    var keyOf = function (link) { return link.getAttribute("href").slice(1); };
    all("tbody tr, nav li > a[href^='#item-']").forEach(function (part) {
      var link = part.tagName === "A" ? part : part.querySelector("a");
      var holder = part.tagName === "A" ? part.parentElement : part, key = keyOf(link);
      parts.set(key, (parts.get(key) || []).concat(holder));
    });
    var textOf = function (change) {
      var text = texts.get(change);
      if (text === undefined) texts.set(change, text = change.textContent.toLowerCase());
      return text;
    };
    var apply = function () {
      var wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
      changes.forEach(function (change) {
        var path = change.querySelector("h3").textContent;
        var fits = (!type.value || change.dataset.type === type.value) &&
          (!folder || !folder.value || path.indexOf(folder.value + "/") === 0) &&
          wanted.every(function (word) { return textOf(change).indexOf(word) >= 0; });
        change.hidden = !fits;
        (parts.get(change.id) || []).forEach(function (part) { part.hidden = !fits; });
        shown += fits ? 1 : 0;
      });
      all(".tree details").forEach(function (part) { part.parentElement.hidden = !part.querySelector("li:not([hidden]) > a"); });
      count.textContent = wanted.length || type.value || (folder && folder.value)
        ? count.dataset.text.replace("{shown}", shown.toLocaleString(document.documentElement.lang)) : "";
    };
    var timer = 0;
    filter.hidden = false;
    filter.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(apply, 80); });
    filter.addEventListener("submit", function (event) { event.preventDefault(); apply(); });
    document.addEventListener("keydown", function (event) {
      if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); words.focus(); }
    });
  }

  // Syntax is coloured where the browser can paint ranges: nothing is added to the page.
  if (!window.CSS || !CSS.highlights || !window.Highlight) return;
  var names = ["comment", "string", "number", "keyword"], paints = {};
  names.forEach(function (name) { CSS.highlights.set("code-" + name, paints[name] = new Highlight()); });
  var hash = "py|rb|sh|bash|zsh|ya?ml|toml|tf|r|pl|ps1|ex|exs|mk|dockerfile|makefile|gitignore|cfg|conf|ini|properties";
  var slash = "js|mjs|cjs|jsx|ts|tsx|java|kt|kts|c|h|cc|cpp|hpp|cs|go|rs|swift|scala|dart|php|proto|graphql|jsonc|groovy|gradle|scss|less|vue|svelte";
  var dash = "sql|lua|hs|elm";
  var keywords = "abstract|and|as|assert|async|await|break|case|catch|class|const|continue|def|default|defer|del|do|elif|else|end|enum|except|export|extends|false|final|finally|fn|for|from|func|function|if|impl|implements|import|in|interface|is|let|match|mod|module|mut|namespace|new|nil|none|not|null|or|package|pass|private|protected|pub|public|raise|return|select|self|static|struct|super|switch|this|throw|throws|trait|true|try|type|typeof|undefined|unless|use|using|val|var|void|when|where|while|with|yield";
  var string = '"(?:[^"\\\\\\n]|\\\\.)*"|\'(?:[^\'\\\\\\n]|\\\\.)*\'|`(?:[^`\\\\\\n]|\\\\.)*`';
  function pattern(path) {
    var ending = path.toLowerCase().split("/").pop().split(".").pop();
    var has = function (list) { return new RegExp("^(?:" + list + ")$").test(ending); };
    var comment = has(hash) ? "#.*$" : has(slash) ? "//.*$|/\\*.*?(?:\\*/|$)|^\\s*\\*(?: .*)?$" : has(dash) ? "--.*$" : /^(json|css)$/.test(ending) ? "/\\*.*?(?:\\*/|$)" : "";
    return comment && new RegExp("(" + comment + ")|(" + string + ")|\\b(\\d[\\w.]*)\\b|\\b(" + keywords + ")\\b", "g");
  }
  function paint(block) {
    if (block.dataset.painted) return;
    block.dataset.painted = "1";
    var code = pattern(block.dataset.path || "");
    if (!code) return;
    all("ins, del, span", block).forEach(function (line) {
      var text = line.textContent.replace(/\n$/, ""), nodes = [], offset = 0, match;
      if (text.length > 2000) return;
      var walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) { nodes.push([offset, walk.currentNode]); offset += walk.currentNode.length; }
      var point = function (at) {
        var n = nodes.length - 1;
        while (n > 0 && nodes[n][0] > at) n -= 1;
        return [nodes[n][1], Math.min(at - nodes[n][0], nodes[n][1].length)];
      };
      code.lastIndex = 0;
      var body = text.slice(1);
      while ((match = code.exec(body)) && match[0]) {
        var kind = names[match.slice(1).findIndex(function (group) { return group !== undefined; })];
        var range = new Range(), start = point(match.index + 1), end = point(match.index + 1 + match[0].length);
        range.setStart(start[0], start[1]);
        range.setEnd(end[0], end[1]);
        paints[kind].add(range);
      }
    });
  }
  all("pre.diff").forEach(function (block) {
    var holder = block.closest("details");
    if (!holder || holder.open) paint(block);
    else holder.addEventListener("toggle", function () { if (holder.open) paint(block); });
  });
})();
