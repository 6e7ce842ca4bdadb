"""The automatic mails that went out for a sample enquiry, in words as short as they may be."""

ACKNOWLEDGEMENT = {
    "en": (
        "Your enquiry {reference}",
        "Dear {name},\n\nThank you for your enquiry. Its reference is {reference}. An officer reads it and answers "
        "you.\n\nThis message was sent automatically. It is not the answer to your enquiry.\n",
    ),
    "ko": (
        "투자 문의 접수 안내({reference})",
        "{name} 님께\n\n문의해 주셔서 감사합니다. 접수 번호는 {reference}입니다. 담당자가 확인하고 "
        "답변드리겠습니다.\n\n이 메일은 자동으로 발송되었으며, 문의에 대한 답변이 아닙니다.\n",
    ),
}
NOTICE = (
    "New enquiry {reference}",
    "A new enquiry has come in: {reference}.\n\nIt names nobody here: who it is about stands in the system.\n",
)


def acknowledgement(reference, name, language):
    """(language it is written in, subject, body)."""
    code = language if language in ACKNOWLEDGEMENT else "en"
    subject, body = ACKNOWLEDGEMENT[code]
    return code, subject.format(reference=reference), body.format(reference=reference, name=name)


def notice(reference):
    subject, body = NOTICE
    return subject.format(reference=reference), body.format(reference=reference)
