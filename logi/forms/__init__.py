"""The forms room: a form is data (`data/forms`), filled by a book, drawn as a page, a sheet, text or a PDF."""
