"""Words by which a sentence says that something happened to its readers, by language of the source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum


class Cue(StrEnum):
    """What a sentence is news of, most consequential for a reader first."""

    SECURITY = "security"
    END = "end"
    DEPRECATED = "deprecated"
    REPLACED = "replaced"
    DEMAND = "demand"
    DEFAULT = "default"
    AVAILABLE = "available"
    LIMIT = "limit"
    VERSION = "version"


#: Language -> cue -> expressions in lower case, each of bounded length; a blank stands for white space.
#: Words of languages with spaces between them are whole words.
WORDS: Mapping[str, Mapping[Cue, str]] = {
    "en": {
        Cue.SECURITY: r"cve-\d{4}-\d{4,7}|ghsa-[\w-]{10,20}|vulnerabilit(?:y|ies)|security (?:issue|fix|fixes|hole|advisory|advisories|update|release|risk|patch)|malicious|untrusted",
        Cue.END: r"no longer|end of (?:life|support)|(?:is|are|was|were|has been|have been|will be|be) (?:now )?(?:removed|retired|discontinued|shut down|dropped|sunset|withdrawn)|retire[sd]?|retirement|stops? (?:working|supporting)|until (?:the )?(?:end of )?(?:january|february|march|april|may|june|july|august|september|october|november|december|version|v?\d)|expires?|not supported|unsupported|has dropped",
        Cue.DEPRECATED: r"deprecated|deprecates|deprecation|obsolete|superseded",
        Cue.REPLACED: r"instead|replaced (?:by|with)|replaces|renamed (?:to|from)|in favou?r of|migrate (?:to|from)|moved to|superseded by|switch to",
        Cue.DEMAND: r"must(?: not)?|do not|don't|never|required|need to|needs to|have to|mandatory|make sure|upgrade to|avoid|should not|shouldn't|not allowed|prohibited|cannot be",
        Cue.DEFAULT: r"by default|default(?:s)? to|(?:the|new) default|is now|are now|now (?:uses?|returns?|requires?|supports?|respects?|accepts?|throws?|raises?|fails?|includes?)|changed (?:to|from)",
        Cue.AVAILABLE: r"generally available|general availability|(?:public|private|limited|technical|in) preview|(?:is|are) (?:now )?available|in beta|experimental|early access|rolled out|rolling out|now supported",
        Cue.LIMIT: r"limit(?:s|ed to|ation|ations)?|quotas?|at most|at least|up to \d|maximum|minimum|pricing|prices?|billed|charged|free (?:tier|plan|of charge)|rate-limited",
        Cue.VERSION: r"(?:from|since|as of|starting (?:with|in|from)|beginning (?:with|in)|introduced in|added in|available in|in|before|prior to|requires|changed in) (?:[\w.]{1,20} ){0,2}(?:version |v)?\d{1,4}\.\d{1,4}[\w.-]{0,12}",
    },
    "ja": {
        Cue.SECURITY: r"cve-\d{4}-\d{4,7}|脆弱性|セキュリティ(?:上の|更新|修正|問題|リスク)|悪意の?ある|信頼できない",
        Cue.END: r"提供(?:を)?終了|サポート(?:が|を|は)?(?:終了|されなく|されません|対象外)|廃止|削除され|利用できなく|使用できなく|使えなく|期限|終息|されなくなり",
        Cue.DEPRECATED: r"非推奨|旧式|レガシー",
        Cue.REPLACED: r"代わりに|置き換え(?:られ|て)|名称が変更|改名|に移行|へ移行|に変更され|に変わり",
        Cue.DEMAND: r"必要があります|しなければ|必須|しないで|してはいけ|できません|避けて|禁止|必ず|ご注意|注意してください",
        Cue.DEFAULT: r"既定(?:で|の|値)|デフォルト(?:で|の|値)?|ようになりました|ようになります",
        Cue.AVAILABLE: r"一般提供|プレビュー|利用可能(?:に|です)|利用できるように|ベータ|試験的|実験的|早期アクセス",
        Cue.LIMIT: r"上限|下限|制限|クォータ|最大|最小|料金|価格|課金|無料",
        Cue.VERSION: r"(?:バージョン|version|v) ?\d{1,4}(?:\.\d{1,4}){0,3} ?(?:から|以降|以上|より前|以前|で(?:追加|導入|変更))|\d{1,4}\.\d{1,4}[\d.]{0,8} ?(?:から|以降|以上|より前|以前)",
    },
    "zh": {
        Cue.SECURITY: r"cve-\d{4}-\d{4,7}|漏洞|安全(?:问题|問題|更新|修复|修復|风险|風險|公告)|恶意|惡意|不受信任",
        Cue.END: r"不再|停用|停止(?:支持|支援|服务|服務|维护|維護)|终止(?:支持|服务)|終止|已(?:被)?(?:移除|删除|刪除|下线)|(?:将|將)(?:被)?(?:移除|删除|刪除|下线|停用)|直到|截止|到期|不支持|不支援",
        Cue.DEPRECATED: r"弃用|棄用|废弃|廢棄|过时|過時",
        Cue.REPLACED: r"改用|替代|取代|替换为|取而代之|改为|改為|更名为|更名為|重命名为|迁移(?:到|至)|遷移(?:到|至)|请使用|請使用",
        Cue.DEMAND: r"必须|必須|不要|请勿|請勿|不得|切勿|务必|務必|需要(?:先|在|将|將|使用|升级|升級)|无法|無法|禁止|避免|不能",
        Cue.DEFAULT: r"默认|預設|缺省|现在(?:会|将|支持|使用|返回)|現在(?:會|將|支援|使用)",
        Cue.AVAILABLE: r"正式(?:发布|推出|版)|公开预览|公開預覽|预览版|預覽版|现已(?:推出|可用|支持)|測試版|测试版|实验性|實驗性|抢先体验",
        Cue.LIMIT: r"限制|上限|下限|配额|配額|最多|至少|最大|最小|价格|價格|定价|定價|收费|收費|免费|免費|计费|計費",
        Cue.VERSION: r"(?:从|從|自|在|由) ?(?:版本|v)? ?\d{1,4}\.\d{1,4}[\d.]{0,8} ?(?:版本|版)?(?:开始|開始|起|及以上|以上|中|之前|以前)?",
    },
    "de": {
        Cue.SECURITY: r"cve-\d{4}-\d{4,7}|schwachstellen?|sicherheits(?:lücken?|updates?|risik\w{1,3}|hinweise?)|nicht vertrauenswürdig\w{0,2}",
        Cue.END: r"nicht mehr|eingestellt|entfernt|entfällt|entfallen|abgekündigt|läuft (?:\w{1,20} ){0,2}ab|bis zum|nicht unterstützt|supportende|ausser betrieb|außer betrieb",
        Cue.DEPRECATED: r"veraltet\w{0,2}|überholt|obsolet",
        Cue.REPLACED: r"stattdessen|statt|anstelle|ersetzt durch|ersetzt|umbenannt|zugunsten|wechseln sie|migrieren sie",
        Cue.DEMAND: r"müssen|muss|darf nicht|dürfen nicht|nicht erlaubt|erforderlich|nötig|niemals|zwingend|vermeiden sie|achten sie",
        Cue.DEFAULT: r"standardmäßig|voreinstellung|voreingestellt|ab sofort|nun|jetzt",
        Cue.AVAILABLE: r"allgemein verfügbar|vorschau|verfügbar|experimentell|beta",
        Cue.LIMIT: r"höchstens|mindestens|begrenzt|grenzen?|limits?|kontingent\w{0,2}|maximal|preise?|kosten|kostenlos|kostenpflichtig",
        Cue.VERSION: r"(?:ab|seit|vor|in|bis) (?:version |v)?\d{1,4}\.\d{1,4}[\w.-]{0,12}",
    },
    "fr": {
        Cue.SECURITY: r"cve-\d{4}-\d{4,7}|vulnérabilités?|failles?|(?:correctif|mise à jour|risque|avis) de sécurité|malveillant\w{0,2}",
        Cue.END: r"n(?:e |')\w{1,20} plus|plus prise? en charge|supprimée?s?|retirée?s?|arrêtée?s?|fin de (?:vie|support|prise en charge)|jusqu'au|jusqu'à|expire\w{0,3}|abandonnée?s?",
        Cue.DEPRECATED: r"dépréciée?s?|obsolètes?|désuète?s?",
        Cue.REPLACED: r"à la place|plutôt que|au lieu de|remplacée?s? par|remplace|renommée?s?|migrez|en faveur de",
        Cue.DEMAND: r"doit|doivent|devez|ne (?:pas|jamais)|n'utilisez pas|obligatoires?|nécessaires?|nécessite\w{0,3}|requise?s?|interdite?s?|évitez|veillez à",
        Cue.DEFAULT: r"par défaut|désormais|dorénavant|à présent",
        Cue.AVAILABLE: r"disponibilité générale|disponibles?|préversion|aperçu public|en version bêta|expérimentale?s?",
        Cue.LIMIT: r"limites?|limitée?s?|quotas?|au plus|au moins|au maximum|maximum|minimum|tarifs?|prix|facturée?s?|gratuite?s?",
        Cue.VERSION: r"(?:depuis|à partir de|dès|avant|dans) (?:la )?(?:version |v)?\d{1,4}\.\d{1,4}[\w.-]{0,12}",
    },
    "es": {
        Cue.SECURITY: r"cve-\d{4}-\d{4,7}|vulnerabilidad(?:es)?|(?:problema|riesgo|aviso|parche|actualización) de seguridad|malicios[oa]s?",
        Cue.END: r"ya no|dejar?á? de|deja de|eliminad[oa]s?|retirad[oa]s?|fin del? (?:soporte|vida)|hasta el|caduca\w{0,2}|no (?:se )?admite\w{0,1}|sin soporte|no compatible",
        Cue.DEPRECATED: r"obsolet[oa]s?|en desuso|desaconsejad[oa]s?",
        Cue.REPLACED: r"en su lugar|en lugar de|en vez de|reemplazad[oa]s?|sustituid[oa]s?|sustituye|renombrad[oa]s?|migre|a favor de",
        Cue.DEMAND: r"debe(?:s|n|rá|rán)?|no (?:use|utilice|debe)|nunca|obligatori[oa]s?|requiere\w?|requerid[oa]s?|necesari[oa]s?|prohibid[oa]s?|evite|asegúrese",
        Cue.DEFAULT: r"de forma predeterminada|predeterminad[oa]s?|por defecto|por omisión|ahora",
        Cue.AVAILABLE: r"disponibilidad general|disponibles?|versión preliminar|vista previa|beta|experimental(?:es)?",
        Cue.LIMIT: r"límites?|limitad[oa]s?|cuotas?|como máximo|al menos|como mínimo|máxim[oa]s?|mínim[oa]s?|precios?|factura\w{0,2}|gratuit[oa]s?",
        Cue.VERSION: r"(?:desde|a partir de|antes de|en) (?:la )?(?:versión |v)?\d{1,4}\.\d{1,4}[\w.-]{0,12}",
    },
    "pt": {
        Cue.SECURITY: r"cve-\d{4}-\d{4,7}|vulnerabilidades?|(?:problema|risco|aviso|correção|atualização) de segurança|malicios[oa]s?",
        Cue.END: r"não (?:é|são|está|estão) mais|deixar?á? de|deixa de|removid[oa]s?|descontinuad[oa]s?|desativad[oa]s?|fim d[eoa] (?:suporte|vida)|até o dia|expira\w{0,2}|sem suporte|não (?:é |são )?(?:compatível|compatíveis|suportad[oa]s?)",
        Cue.DEPRECATED: r"obsolet[oa]s?|preterid[oa]s?|depreciad[oa]s?|em desuso",
        Cue.REPLACED: r"em vez d[eoa]|no lugar d[eoa]|em seu lugar|substituíd[oa]s?|substitui|renomead[oa]s?|migre|em favor d[eoa]",
        Cue.DEMAND: r"deve(?:m|rá|rão)?|não (?:use|utilize|deve)|nunca|obrigatóri[oa]s?|requer(?:em)?|exige\w?|necessári[oa]s?|proibid[oa]s?|evite|certifique-se",
        Cue.DEFAULT: r"por padrão|padrão|agora|a partir de agora",
        Cue.AVAILABLE: r"disponibilidade geral|disponíve(?:l|is)|versão prévia|pré-visualização|beta|experimenta(?:l|is)",
        Cue.LIMIT: r"limites?|limitad[oa]s?|cotas?|no máximo|pelo menos|no mínimo|máxim[oa]s?|mínim[oa]s?|preços?|cobrad[oa]s?|gratuit[oa]s?",
        Cue.VERSION: r"(?:desde|a partir d[ea]|antes d[ea]|na) (?:versão |v)?\d{1,4}\.\d{1,4}[\w.-]{0,12}",
    },
    "ko": {
        Cue.SECURITY: r"cve-\d{4}-\d{4,7}|취약점|보안 (?:문제|업데이트|수정|위험|권고)|악의적|신뢰할 수 없는",
        Cue.END: r"더 이상|지원(?:이|을)? ?(?:종료|중단)|서비스 종료|제거(?:되|됩|될)|삭제(?:되|됩|될)|까지(?:만)?|만료|지원되지 않|지원하지 않",
        Cue.DEPRECATED: r"사용 중단|지원 중단 예정|더는 권장|레거시|구식",
        Cue.REPLACED: r"대신|대체(?:되|됩|합|하)|이름이 (?:변경|바뀌)|마이그레이션|전환(?:하|해)",
        Cue.DEMAND: r"해야 (?:합|하|한)|하지 마|필수|필요합니다|필요가 있|할 수 없|금지|반드시|주의",
        Cue.DEFAULT: r"기본(?:적으로|값|으로)|이제",
        Cue.AVAILABLE: r"정식 (?:출시|버전)|일반 공급|미리 ?보기|프리뷰|사용할 수 있습니다|베타|실험적",
        Cue.LIMIT: r"제한|한도|할당량|최대|최소|가격|요금|무료|비용",
        Cue.VERSION: r"(?:버전 |v)?\d{1,4}\.\d{1,4}[\d.]{0,8} ?(?:버전)?(?:부터|이상|이후|이전|에서)",
    },
}  # fmt: skip
#: Languages whose words stand side by side without spaces.
_UNSPACED = frozenset(("ja", "zh", "ko"))


def cues_of(language: str) -> re.Pattern[str]:
    """Return the expression of a language; each cue is a group of its name."""
    groups = "|".join(
        f"(?P<{cue.value}>{words.replace(' ', '[ ]')})" for cue, words in WORDS[language].items()
    )
    if language in _UNSPACED:
        return re.compile(groups)
    return re.compile(rf"(?<![\w-])(?:{groups})(?![\w-])")
