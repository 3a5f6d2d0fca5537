"""Every sentence the drawing room says: a key, its English."""

MESSAGES: dict[str, str] = {
    "formats.unknown": "There is no format called {name}. Choose one of: {known}.",
    "formats.no_calendar": "{name} cannot be a calendar: that takes rows with a number, a title and a day (due or on). "
    "Take another format, or `logi month plan MONTH -f ics`.",
    "formats.one_without_folder": "Several formats ({formats}) need a folder: -o FOLDER/. Or name one format.",
    "formats.binary": "The format {name} is not text. Name a file for it: --output FILE.{name}",
    "formats.over_database": "{path} is a database, a ledger or a copy of one; an answer is never written over it. Name another file.",
    "formats.no_typst": 'PDF needs an extra package: pip install "logi-ledger[pdf]". Or take --format html and print it from a browser.',
    "formats.no_font": "LOGI_FONT names {path}, and there is no such file or folder. Mend it, or unset it for the bundled font.",
    "formats.no_glyph": "No font here has a picture for {problem}, so the PDF shows it empty. Name a font that has it: LOGI_FONT=FILE",
    "formats.too_long": "The column {column} holds a text of {length} characters, and a spreadsheet cell takes {limit}. "
    "Use --format csv.",
    "formats.too_many_rows": "The table {table} has {rows} rows, and a spreadsheet takes {limit}. "
    "Narrow the period, or use --format csv.",
    "formats.would": "Dry run, nothing was written. It would say: {sentence}",
    "formats.repeated": "This was already done in entry {entry}, and nothing was changed: {sentence}",
    "formats.undone": "the entry was undone since",
    "formats.warning": "Note: {text}",
    "formats.undo": "To undo: logi undo {entry}",
    "formats.redo": "To take the undo back: logi redo {entry}",
    "formats.total": "Total",
    "formats.none": "Nothing found.",
    "formats.period": "Period: {period}",
    "formats.head": "Ledger head: {head}",
    "formats.contents": "Contents",
    "formats.charts": "Charts",
    "formats.unknown_suffix": "No format is written as {suffix}. Known are: {known}. Name one with -f, or end a folder's name with /.",
    "formats.signed": "{role}: {said}",
    "formats.chart": "Bar chart. {title}. {figures}",
    "formats.page": "Page {page} of {pages}",
    "formats.column.entry": "entry",
    "formats.column.action": "action",
    "formats.column.number": "number",
    "formats.wrote": "The answer is written to {path}.",
    "formats.wrote_rows": "{title}: {count} rows are written to {path}.",
    "formats.wrote_files": "{title}: {count} files are written to {path}: {names}",
}
