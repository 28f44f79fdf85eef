"""Finds what only people may say of a change: that it was reviewed or approved, and what a reader has to do.

No diff proves a review, and no report asks for a password. A model that says so repeats an order or
makes it up, in whatever language; so such words are refused unless what was compared has them itself.
"""

from __future__ import annotations

import re
from functools import cache

#: What is claimed -> beginnings of words and phrases, in every language of the catalogs.
CLAIMS: dict[str, tuple[str, ...]] = {
    "an approval": (
        "approved by", "reviewed by", "was reviewed", "were reviewed", "been reviewed", "has reviewed",
        "have reviewed", "has approved", "been approved", "was approved", "signed off", "sign-off", "cleared by",
        "been cleared", "certified by", "been certified", "vetted", "audited by", "been audited", "endorsed by",
        "security team", "compliance team", "lgtm",
        "genehmigt von", "wurde genehmigt", "freigegeben v", "wurde freigegeben", "abgenommen", "zertifiziert durch",
        "geprüft von", "wurde geprüft", "sicherheitsteam", "begutachtet",
        "approuvé par", "a été approuvé", "validé par", "certifié par", "a été revu", "relu par", "équipe de sécurité",
        "aprobado por", "aprobada por", "sido aprobad", "revisado por", "revisada por", "sido revisad",
        "equipo de seguridad", "validado por",
        "aprovado por", "aprovada por", "foi aprovad", "foi revisad", "equipe de segurança", "homologado por",
        "승인되었", "승인을 받", "승인했", "검토를 마", "검토되었", "검토했", "보안 팀", "보안팀",
        "承認され", "承認済", "レビュー済", "レビューされ", "審査済", "セキュリティチーム", "セキュリティ チーム", "監査済",
        "已批准", "获得批准", "已获批", "通过审核", "审核通过", "已审核", "已审查", "安全团队", "经过审计",
        "已核准", "通過審核", "已審核", "已審查", "安全團隊",
    ),
    "safety": (
        "safe to merge", "safe change", "no risk", "risk-free", "without risk", "nothing to worry", "completely safe",
        "ohne risiko", "kein risiko", "unbedenklich", "gefahrlos",
        "sans risque", "aucun risque", "sans danger", "sin riesgo", "ningún riesgo", "sem risco", "nenhum risco",
        "위험이 없", "위험 없이", "안전하게 병합", "안전한 변경",
        "リスクはあり", "リスクなし", "安全な変更", "安全にマージ",
        "没有风险", "无风险", "安全的更改", "可以放心", "沒有風險", "無風險", "安全的變更",
    ),
    "an order to readers": (
        "merge this", "merging without", "merge without", "without review", "without further review", "before merging",
        "skip the review", "no review is needed", "no further review", "you should merge", "approve this",
        "send your", "enter your", "share your", "confirm your", "verify your account", "session has expired",
        "log in again", "sign in again", "support desk", "help desk", "paste this", "paste the following",
        "run this command", "disable the check", "ignore the warning",
        "ohne prüfung", "ohne review", "ohne weitere prüfung", "zusammenführen ohne", "ihre sitzung", "senden sie",
        "sans relecture", "sans revue", "fusionner sans", "votre session", "envoyez votre", "reconnectez-vous",
        "sin revisión", "fusionar sin", "su sesión", "tu sesión", "envíe su", "envía tu",
        "sem revisão", "mesclar sem", "sua sessão", "envie sua",
        "검토 없이", "세션이 만료", "다시 로그인", "병합해도",
        "レビューなし", "レビュー不要", "セッションが切れ", "再度ログイン", "マージしてください",
        "无需审", "不需审", "会话已过期", "重新登录", "直接合并", "無需審", "重新登入", "直接合併",
    ),
    "credentials": (
        "password", "passphrase", "credential", "api key", "access token", "one-time code", "passwort", "kennwort",
        "zugangsdaten", "mot de passe", "identifiants", "contraseña", "credenciales", "senha", "credenciais",
        "비밀번호", "자격 증명", "パスワード", "資格情報", "密码", "凭据", "密碼", "憑證",
    ),
}  # fmt: skip
#: Claims that may be told in another language than the one in which they are made.
TRANSLATED = frozenset(("credentials",))
_SPACES = re.compile(r"\s+")


@cache
def _expression(claim: str) -> re.Pattern[str]:
    """Return one expression for the phrases of a claim; one of letters begins where a word begins."""
    phrases = sorted(CLAIMS[claim], key=len, reverse=True)
    return re.compile("|".join(rf"{_edge(each)}{re.escape(each)}" for each in phrases))


def _edge(phrase: str) -> str:
    return r"\b" if phrase[0] < "\u1100" else ""


def unproved_claim(text: str, shown: str) -> str:
    """Return a phrase of the text that claims what only people can say, or nothing.

    Args:
        text: What a model wrote.
        shown: What was compared, as the model saw it: what stands there may be told.
    """
    folded, known = _fold(text), _fold(shown)
    for claim in CLAIMS:
        for match in _expression(claim).finditer(folded):
            is_proved = (
                _expression(claim).search(known) if claim in TRANSLATED else match[0] in known
            )
            if not is_proved:
                return match[0].strip()
    return ""


def _fold(text: str) -> str:
    return _SPACES.sub(" ", text.casefold().replace("*", "").replace("`", ""))
