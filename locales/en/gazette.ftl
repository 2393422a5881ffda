## Words that notices, questions, fixed pages and inquiries share
list-shown = { $from }–{ $to } of { $total }
list-pages = Pages of the list
list-previous = Previous page
list-next = Next page
japanese-only = This text is available in Japanese only.
