"""Forms to fill in: the folder of an agency-year with a workbook, or CSV files, in which all that is known stands."""

from itabook.forms.folder import Made, make_form

__all__ = ["Made", "make_form"]
