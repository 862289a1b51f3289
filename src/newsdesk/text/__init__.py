"""Pure helpers by subject: addresses, dates, HTML, names, language."""
