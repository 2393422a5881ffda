## Contact
inquiries-title = Contact
inquiries-lead = Ask us, or tell us what you think. A name and an e-mail address are enough.
inquiries-before = Your answer may already be among the{" "}
inquiries-before-or = {"."} You can also use the{" "}
inquiries-by-phone = telephone and e-mail contacts
inquiries-before-end = {"."}
inquiries-about = What is it about?
inquiries-about-portal = Portal and contents
inquiries-about-programme = The programme
inquiries-body = Your inquiry
inquiries-body-hint = Up to 2,000 characters. If it is about an application, please give its number.
inquiries-name = Your name
inquiries-email = E-mail address
inquiries-email-hint = Our answer goes there.
inquiries-email-fix = Change to { $address }
inquiries-email-keep = The address I typed is right
inquiries-institution = Where you work
inquiries-consent = Personal information
inquiries-consent-hint = We use what you give us only to answer you.{" "}
inquiries-consent-more = Read the privacy policy
inquiries-consent-agree = I agree to this use of my personal information
inquiries-send = Send this inquiry
inquiries-saved = Kept on this device at { "{time}" }
inquiries-contacts = By telephone or e-mail
inquiries-extension = ext. { $n }
inquiries-fax = Fax { $n }
inquiries-confirmed = Contact confirmed { $day }
inquiries-incident = When it may be a cyber attack
inquiries-incident-text = We cannot answer at once here. See what to do first, and whom to call.

## Once received
inquiries-received-title = We have received your inquiry
inquiries-received-text = Thank you. A confirmation is on its way to you by e-mail.
inquiries-number = Number
inquiries-at = Received
inquiries-answer-to = We answer to
inquiries-next = What happens next
inquiries-next-mail = You get an e-mail with the number. If it has not arrived after ten minutes, please look among unwanted e-mail.
inquiries-next-answer = We look into it and answer by e-mail (hours: { $hours }).
inquiries-next-urgent = If it is urgent, please call and give the number.

## What to mend
inquiries-wrong = { $n ->
    [one] Please correct one thing
   *[other] Please correct { $n } things
}
inquiries-kept = Everything else you typed is still here.
inquiries-wrong-about = Choose what it is about
inquiries-wrong-body = Enter your inquiry
inquiries-wrong-body-long = { $max } characters at most; there are { $over } too many
inquiries-wrong-name = Enter your name
inquiries-wrong-name-long = Enter a name of at most 50 characters
inquiries-wrong-email = Enter your e-mail address
inquiries-wrong-email-at = An e-mail address has exactly one “@”
inquiries-wrong-email-ending = The end of the address, such as “.jp” or “.com”, seems to be missing
inquiries-wrong-email-other = The address has a character that addresses cannot have
inquiries-wrong-email-guess = Did you mean { $address }? If not, choose “The address I typed is right”
inquiries-wrong-institution = At most 100 characters
inquiries-wrong-consent = Please read how we use personal information and agree
inquiries-wrong-answer = Enter an answer
inquiries-wrong-note = Enter something

## Staff
inquiries-staff-title = Inquiries
inquiries-staff-lead = Those that are not finished come first.
inquiries-find = Number, name or text
inquiries-filter = Filter
inquiries-standing = Status
inquiries-standing-left = Not finished
inquiries-standing-all = All
inquiries-standing-open = New
inquiries-standing-taken = In progress
inquiries-standing-closed = Finished
inquiries-none = No inquiries to deal with
inquiries-none-text = New ones will be listed here.
inquiries-none-found = No inquiry matches
inquiries-none-found-text = Try a shorter word, or take the filters away.
inquiries-show-all = Show all
inquiries-thread = Thread
inquiries-message-question = Inquiry
inquiries-message-answer = Answer (sent by e-mail)
inquiries-message-reply = From the person (telephone or e-mail)
inquiries-message-note = Note of the secretariat
inquiries-not-sent = not sent
inquiries-answer = Answer
inquiries-answer-body = Answer
inquiries-answer-hint = Salutation, number, contact and what was asked are added by themselves.
inquiries-after = After that
inquiries-after-close = It is finished
inquiries-after-keep = It stays in progress
inquiries-check-answer = Check before sending
inquiries-check-answer-text = This e-mail goes to one person.
inquiries-mail-to = To
inquiries-mail-subject = Subject
inquiries-then-close = Once sent, this inquiry is finished.
inquiries-then-keep = Once sent, this inquiry stays in progress.
inquiries-send-answer = Send this e-mail
inquiries-change-answer = Edit
inquiries-side = Summary
inquiries-who = Who asks
inquiries-lang = Language
inquiries-lang-ja = Japanese
inquiries-lang-en = English
inquiries-take = Begin
inquiries-close = Finish without an answer
inquiries-reopen = Back to in progress
inquiries-note-add = Write a note, or what was said on the telephone
inquiries-note-kind = Kind
inquiries-note-kind-note = Note of the secretariat
inquiries-note-kind-reply = What the person said by telephone or e-mail
inquiries-note = Text
inquiries-note-save = Keep
inquiries-done-answered = The answer has been sent
inquiries-done-noted = It has been noted
inquiries-done-taken = It is in progress now
inquiries-done-closed = It is finished now
inquiries-done-reopened = It is back in progress
inquiries-done-same = That was so already

## E-mails
inquiries-mail-received-subject = We have received your inquiry ({ $number })
inquiries-mail-answered-subject = Answer to your inquiry ({ $number })
inquiries-mail-new-subject = New inquiry ({ $number })
