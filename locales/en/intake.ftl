# What is said when a file cannot be read. Rows and columns are the numbers and letters that Excel shows.

intake-too-large = The file is too large. Please keep it to { $most }.
intake-swells = The content of the file is too large. Remove unused sheets and formatting and save it again, or save it as CSV.
intake-too-long = Reading took too long, and was stopped. Please split the file, or save it as CSV.
intake-empty = The file is empty. Please check that it is the one with the list.
intake-not-a-table = This is not a table. Please choose an Excel (.xlsx) or CSV file.
intake-old-workbook = This is an old Excel file (.xls). Open it in Excel and save it as “Excel Workbook (.xlsx)”.
intake-protected = The Excel file has a password. Please save it again without one.
intake-other-archive = This is not an Excel file (.xlsx). Please choose an Excel (.xlsx) or CSV file.
intake-damaged = The Excel file is damaged and cannot be read. Open it in Excel and save it under another name.
intake-encoding = The characters in row { $row } cannot be read. Please open the file in Excel and save it as “CSV UTF-8”.
intake-unclosed-quote = A quotation mark (") opened in row { $row } is never closed. Please check that row.
intake-too-many-rows = There are too many rows. Please split the file into parts of at most { $most } rows.
intake-too-many-columns = Row { $row } has too many columns. At most { $most } can be read.
intake-cell-too-long = The text in row { $row }, column { $column } is too long. At most { $most } characters can be read.

intake-headings-nowhere = No row of headings was found. Please put the names of the columns within the first { $most } rows.
intake-headings-missing = The headings in row { $row } lack these columns: { $names }
intake-headings-twice = The headings in row { $row } have two columns for “{ $names }” ({ $first } and { $second }). Please keep one.
