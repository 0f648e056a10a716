"""Questions that small employers ask, and our answers, each with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and its answer."""

    question: str
    answer: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions about one matter."""

    title: str
    entries: tuple[Answer, ...]


GROUPS = (
    Group(
        "Who may have one",
        (
            Answer(
                "Do owners count?",
                "Yes. Owners, full-time and part-time workers, casual and seasonal workers all count. Some partners "
                "also count volunteers, family members or subcontractors; the table of partners says which.",
                "pages of AASP, ACSA, AHSA and AMHSA on SECOR",
            ),
            Answer(
                "What if I hire an eleventh person?",
                "You will need COR, the certificate for larger employers. With one partner you change over when your "
                "next audit is due; another counts you as larger at once. Your certificate is not taken away on the "
                "day, but tell your partner. Your desk here works out the day for you.",
                "AASP and AMHSA, pages on SECOR",
            ),
            Answer(
                "I work alone. Can I have one?",
                "Yes. One person is enough.",
            ),
        ),
    ),
    Group(
        "The audit",
        (
            Answer(
                "Do I have to hire an auditor?",
                "With most partners, no: your own trained person assesses the business, and the partner checks the "
                "quality of that work. You may hire a certified auditor from outside if you prefer. Some consultants "
                "say that it must be one from outside; Alberta's government and most partners do not.",
                "alberta.ca; ESC, ACSA and AHSA, pages on SECOR",
            ),
            Answer(
                "May the consultant who built my system audit it?",
                "No. Whoever helped to build a system may not audit it.",
                "work.alberta.ca, page on getting a certificate, about 2016 to 2018",
            ),
            Answer(
                "What mark do I need?",
                "80 % overall and at least 50 % in each element, for the certificate. Exactly 80 % passes; 79.9 % does "
                "not. For the yearly audits in between, nobody has published a mark for SECOR. We use 60 % overall, "
                "which is the published one for COR, and mark it as our own default.",
                "ESC and AHSA, pages on SECOR; ESC and ACSA, pages on maintaining COR",
            ),
            Answer(
                "My audit was accepted. Does that mean I passed?",
                "Not by itself. Accepted means that the audit was done well. Passed means that your business reached "
                "the mark. You need both, and we show them apart.",
            ),
        ),
    ),
    Group(
        "Keeping it",
        (
            Answer(
                "What happens if I am a day late?",
                "With the Alberta Safety Council, an audit sent the day after the anniversary ends the certificate. "
                "Others go by the month or by the calendar year. No partner publishes days of grace.",
                "Alberta Safety Council, page for SECOR holders; ESC; AMHSA",
            ),
            Answer(
                "Is it good outside Alberta?",
                "No source we know says so. Ask the client, or the safety association of the other province.",
            ),
        ),
    ),
    Group(
        "Money",
        (
            Answer(
                "How large is the refund?",
                "It depends on the partner's rules, your industry and your record: 5 % or 10 % of the industry-rated "
                "premium in the first year, 5 % later, and up to 20 % if your own claims went down. We can only "
                "estimate it. The WCB decides.",
                "AMHSA and CCSA, pages on Partnerships in Injury Reduction",
            ),
            Answer(
                "Will I have fewer injuries?",
                "We do not promise that. A study of 2019 saw such an effect for COR, and none for SECOR.",
                "Institute for Work & Health, At Work 98",
            ),
        ),
    ),
)
