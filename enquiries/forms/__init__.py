from .enquiry_form import EnquiryForm

__all__ = ["EnquiryForm"]
