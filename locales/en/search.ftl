## Search
search-title = Search
search-title-for = Results for “{ $q }”
search-words = Words
search-hint = Separate several words by blanks.
search-often = Often looked for
search-often-trainings = Training dates and applications
search-often-archive = When can I watch the recordings?
search-often-change = Changing the date, or cancelling
search-often-certificate = When does the certificate arrive?
search-often-rules = Checklist and guidelines
search-found = { $n ->
    [one] 1 result
   *[other] { $n } results
}
search-many = More than { $n } results. Another word narrows them down.
search-none = Nothing was found for “{ $q }”
search-none-text = Try a shorter word, or another one with the same meaning.
search-see-faq = See frequently asked questions
search-ask = Contact us
search-in-faq = Questions
search-in-notices = Notices
search-in-pages = About this site
search-in-rules = Rules and guidelines
search-in-letters = Official letters
