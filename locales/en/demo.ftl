## Pages of the demo only
demo-title = Try it with samples
demo-lead = All people, institutions and numbers here are invented. Apply and change whatever you like.
demo-sign-in-heading = Choose a role and sign in
demo-things-heading = Tools of the demo
demo-mail-title = Mail that was sent
demo-mail-lead = Read here what the portal has sent. In reality it reaches nobody.
demo-mail-none = No mail yet
demo-mail-none-text = Apply for a training, and its confirmation arrives here.
demo-mail-count = { $n ->
    [one] { $n } letter
   *[other] { $n } letters, newest first
}
demo-mail-to = To
demo-mail-date = Date
demo-mail-subject = Subject
demo-mail-no-text = There is no text.
demo-mail-enclosures = Attachments
demo-mail-unnamed = A file without a name
demo-mail-html = The HTML text, shown as text
demo-mail-headers = Headers
demo-mail-source = The file as it arrived (.eml)
demo-clock-title = Move the clock
demo-clock-lead = See what comes: applications opening, deadlines, the day itself, the recordings.
demo-clock-shows = It is now
demo-clock-11-minutes = 11 minutes
demo-clock-1-hour = 1 hour
demo-clock-1-day = 1 day
demo-clock-1-week = 1 week
demo-clock-30-days = 30 days
demo-clock-13-weeks = 13 weeks
demo-clock-lobby = Until the next lobby opens ({ $at })
demo-clock-forward-only = The clock only moves forward. To go back, begin anew with mist demo --fresh.
demo-sign-in-title = Sign in to the demo
demo-sign-in-lead = You sign in as “{ $role }”.
demo-sign-in-button = Sign in as { $role }
demo-sign-in-spent = That page was used already, or is too old. Please press the button again.
demo-try-secretariat = Open the applicants of session 5 and try to move one to another date.
demo-try-learner = Change or cancel an application on My page.
demo-try-institution-admin = On My page, look at the request of a colleague who can no longer sign in.
demo-try-ministry = Read a notice that is not public yet, and approve it.
demo-try-auditor = Read the record of who did what.
demo-try-operator = Look at the request of somebody who can no longer sign in, and approve it as the second one.
demo-sample-cancelled = Cancelled because the lecturer is unavailable. We are sorry; please choose another session.
demo-participants-file = Zoom participants.csv
demo-objection = I took part from beginning to end. My device may have been called "iPad". Please look into it.
demo-sample-recovery = Called back on the main number and spoke to the person.
demo-sample-material = First steps in short (sample)
