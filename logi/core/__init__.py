"""The floor's pure part: nouns and parsers that know no file, no clock and no screen."""
