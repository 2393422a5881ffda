## The secretariat's home page
office-waits = What needs doing
office-waits-nothing = Nothing needs doing right now.
office-waits-overdue = Sessions still without a date after the time they were planned for
office-waits-deadlines = Sessions that close for applications within 7 days
office-waits-links = Sessions within a week without a link to join
office-waits-full = Sessions with a waiting list
office-waits-mails = E-mails that could not be sent
office-waits-jobs = Automatic jobs that have stopped
office-why-overdue = Please settle and enter the date
office-why-overdue-seen = Waiting for the secretariat to settle the date
office-why-link = Applications: { $n }. Without a link nobody can join
office-why-full = Waiting: { $waiting } (seats: { $seats })
office-why-deadline = Closes on { $at }
office-rooms = What you manage
office-wing-trainings = Trainings
office-wing-learning = E-learning and materials
office-wing-words = News and questions
office-wing-operation = Records and settings
office-room-desk = Figures of the first response
office-about-programmes = Dates, seats, applicants, attendance
office-about-plans = Changes of trainings, from draft to publication
office-about-certificates = Find a certificate, issue it again
office-about-reports = What was done in each month
office-about-courses = How many learn, how they answer; what courses say
office-about-packages = Materials that others made
office-about-assignments = What institutions gave their staff to learn
office-about-records = Who learned what, and when
office-about-inquiries = Answer what people ask
office-about-notices = News, from draft to publication
office-about-faq = Questions and answers, from draft to publication
office-about-pages = The guide, the terms of use and other standing pages
office-about-delivery = See whether a mail has arrived
office-about-exports = Approve exports of long lists
office-about-desk = How many cases came to the first-response desk
office-about-people = Invite people and give them roles
office-about-settings = Names, contacts, hours
office-about-operation = Mails, automatic work, free space
office-about-tokens = Keys for other systems
office-about-audit = Who did what, and when
office-room-notices = Notices
office-room-faq = Questions
office-room-pages = Fixed pages
office-room-inquiries = Inquiries
office-room-settings = Settings

## Words on every page
office-all = All
office-everybody = All applicants
office-not-set = Not set
office-no-limit = No limit
office-none-word = None
office-pages = Pages
office-previous = Previous
office-next = Next
office-older = Older
office-do-nothing = Go back without doing anything
office-back-to-list = Back to the applicants
office-back-to-session = Back to the session
office-back-to-programme = Back to the year
office-tab-overview = Overview
office-tab-archive = Recording
office-tab-applicants = Applicants
office-history = What happened
office-history-none = Nothing on record.

## The trainings of a year
office-programmes = Trainings by year
office-programmes-none = Once an operator has imported the programme of a year, it will appear here.
office-programme = Trainings of { $year }
office-add = Add an extra session
office-sessions-none = No sessions yet.
office-applicants = Applicants
office-column-do = Actions
office-sum = Total
office-clone = Make { $year }
office-clone-lead = { $n } sessions, each { $weeks } weeks after its date in { $from }. One that would fall on a holiday takes the same weekday of a later week. Nothing has been made yet.
office-clone-exists = There are trainings of { $year } already.
office-clone-was = Old date
office-clone-becomes = New date
office-clone-avoided = Avoids { $holiday }
office-clone-note = A draft is made with these dates. You edit it session by session; it is published once somebody else has approved it. Seats and extra sessions are not copied.
office-clone-button = Make a draft with these dates

## One session
office-title = Title of this session
office-when = Date and time
office-opens = Applications open
office-closes = Applications close
office-seats-word = Seats
office-seats = { $n ->
    [one] 1 seat
   *[other] { $n } seats
}
office-waiting-places = Places on the waiting list
office-waiting-of = { $n } (of { $places })
office-public-page = See the public page
office-edit = Change date or seats
office-call-off = Call this session off
office-done-added = The extra session has been added.
office-done-changed = The session has been changed.
office-done-called-off = The session has been called off.
office-done-told = { $n ->
    [one] One applicant is being told by e-mail.
   *[other] { $n } applicants are being told by e-mail.
}
office-done-promoted = { $n ->
    [one] One person on the waiting list now has a seat.
   *[other] { $n } people on the waiting list now have a seat.
}

## Adding and changing a session
office-add-title = Add an extra session
office-add-button = Add this session
office-edit-check = Check the changes
office-day = Date
office-day-hint = e.g. 12/9 for 9 December, 2026-12-09, R8.12.9
office-window-hint = Planned for: { $window }
office-hours = Hours
office-hours-hint = e.g. 16:00 or 1600
office-starts = Begins
office-ends = Ends
office-time = Time
office-closes-hint = Leave it empty to take applications until the session begins.
office-tentative = Show as tentative
office-tentative-small = For a date that may still change. The public pages mark it as tentative.
office-tentative-yes = Tentative (may change)
office-tentative-no = Settled
office-seats-hint = Leave it empty for no limit. New seats go to those on the waiting list, in order.
office-title-hint = Only if this session has a title of its own. Up to 100 characters; it stands on the public pages.
office-nothing-changed = Nothing has been changed. Make your changes, then check again.
office-changed-meanwhile = Since you opened the page, somebody else has changed the session or more people have applied. Below is how it stands now. Please look at it and make your changes again.
office-error-day = The date cannot be read. Write it like 12/9 or 2026-12-09
office-error-day-empty = { $what }: please enter the date
office-error-day-missing = Please enter the date
office-error-day-first = Please enter the date, too, if you set the hours
office-error-day-needed = People have applied, so the date cannot be left empty
office-error-year = { $day } is not within { $year }. Please check the year
office-error-past = That day is over. Please enter today or a later day
office-error-time = The time cannot be read. Write it like 16:00
office-error-time-empty = { $what }: please enter the time
office-error-starts-empty = Please enter when it begins
office-error-ends-empty = Please enter when it ends
office-error-ends = It must end after it begins
office-error-closes-before = Applications must close after they open
office-error-closes-late = Applications must close before the session begins, or when it does
office-error-seats = Seats already taken: { $n }. Please enter { $n } or more
office-error-waiting = Already on the waiting list: { $n }. Please enter { $n } or more
office-error-number = Please enter a number (up to 1,000,000)
office-error-title = Please use at most 100 characters for the title
office-check-title = Check the changes
office-was = Before:{" "}
office-is = After:{" "}
office-will = What follows
office-will-tell = { $n ->
    [one] One applicant is told of the new date and time by e-mail.
   *[other] { $n } applicants are told of the new date and time by e-mail.
}
office-will-tell-nobody = Nobody has to be told of a new date or time.
office-will-promote = { $n ->
    [one] One person on the waiting list gets a seat and is told by e-mail.
   *[other] { $n } people on the waiting list get a seat and are told by e-mail.
}
office-care-holiday = { $day } is a public holiday ({ $holiday }).
office-care-weekend = { $day } is at the weekend.
office-care-no-window = It is not set when applications open, so nobody can apply yet.
office-care-closed = The deadline lies in the past, so applications will be closed.
office-change-button = Make these changes

## Calling a session off
office-call-off-will = { $n ->
    [0] This session will be called off. Nobody has applied.
    [one] This session will be called off. One applicant is told by e-mail.
   *[other] This session will be called off. { $n } applicants are told by e-mail.
}
office-call-off-reason = Reason
office-call-off-reason-hint = It stands on the public page and in the e-mails exactly as you write it. Please name no person. Up to 200 characters.
office-call-off-reason-empty = Please enter the reason
office-call-off-reason-long = The reason may have at most 200 characters (now { $n })
office-call-off-for-good = This cannot be undone. Applicants can change to another session.
office-call-off-button = Call it off
office-called-off-already = This session has been called off already.
office-called-off-begun = The session has begun and cannot be called off any more.

## The applicants
office-roll = Print the roll
office-enter = Enter a telephone application
office-sift = Filter the applicants
office-sift-text = Name, receipt number or workplace
office-sift-button = Filter
office-sift-more = More filters
office-sifted-by = Filtered by:
office-chip-text = “{ $text }”
office-chip-month = applied in { $month }
office-chip-remove = {" "}(remove this filter)
office-kind = Kind
office-kind-unknown = No kind
office-prefecture = Prefecture
office-month = Month of applying
office-total = { $n ->
    [one] 1 person
   *[other] { $n } people
}
office-total-of = { $n } of { $all }
office-over-thousand = more than 1,000 people
office-total-many = More than 1,000 people
office-none = No applications yet
office-none-text = They will be listed here as they come in.
office-none-sifted = Nobody matches
office-none-sifted-text = Try a shorter word, or take the filters away.
office-show-all = Show everybody
office-table = Applicants for { $session }
office-column-pick = Choose
office-column-who = Name and receipt number
office-column-place = Workplace
office-column-state = State
office-column-applied = Applied
office-column-care = Please note
office-confirmed = Confirmed
office-waiting = Waiting
office-cancelled = Cancelled
office-care-none = nothing
office-care-mail = E-mail does not arrive
office-care-shared = Shares an e-mail address
office-care-phone = Entered by telephone
office-care-list = Came with a list
office-care-moved = Moved from another session
office-care-moved-from = Moved from { $nth }
office-care-cancelled-self = { $day } cancelled by the applicant
office-care-cancelled-office = { $day } cancelled by the secretariat
office-pick = Choose { $name }
office-pick-all = Choose everybody on this page
office-shown = { $first } to { $last } { $count }
office-shown-of = of { $n }
office-shown-many = of more than 1,000
office-bulk = Change or cancel those you choose
office-bulk-count = {"{n}"} chosen
office-bulk-move = Change to another date
office-bulk-cancel = Cancel
office-keys = Keyboard
office-keys-search = Go to the search field
office-keys-rows = Next row, previous row
office-keys-pick = Choose the row, or not
office-keys-help = Open this help
office-keys-off = Turn these keys off
office-keys-close = Close
office-side = Figures and export of { $session }
office-now = How many
office-left = Seats left
office-by-kind = People by kind of workplace
office-bar = { $kind } { $n }
office-bars = People by kind of workplace: { $list }
office-as-table = See as a table
office-people = People
office-look-first = Look here first
office-undelivered = { $n ->
    [one] E-mail does not reach 1 person
   *[other] E-mail does not reach { $n } people
}

## The roll
office-roll-title = Roll
office-roll-print = You can print this page as it is.
office-roll-parts = It comes in parts of 1,000. Please print each page; the numbers run through.
office-roll-line = No.
office-roll-present = Present

## One application
office-applicant-title = Application of { $name }
office-application = Application
office-entered-by = Entered by
office-mails = E-mails
office-mails-none = No e-mails yet.

## Several at once
office-move-title = Change to another date
office-move-will = { $n ->
    [one] This person is moved to another date and gets an e-mail about it.
   *[other] These { $n } people are moved to another date. Each gets an e-mail about it.
}
office-move-kept = { $n ->
    [0] Nobody you chose was found. Please go back to the list and choose again.
    [one] This person cannot be moved: the application is cancelled, or the session has begun.
   *[other] These { $n } people cannot be moved: the application is cancelled, or the session has begun.
}
office-move-hint = If there are not enough seats, they go to those who applied first, and the others join the waiting list. If that is full, too, they keep their date.
office-move-nowhere = There is no other session to change to right now.
office-seats-left = { $n ->
    [0] Full
    [one] 1 seat left
   *[other] { $n } seats left
}
office-seats-unlimited = No limit of seats
office-move-button = { $n ->
    [one] Change the date of 1 person
   *[other] Change the date of { $n } people
}
office-move-done-title = Change of date
office-move-done = { $n ->
    [0] Nobody's date has been changed.
    [one] The date of 1 person has been changed.
   *[other] The date of { $n } people has been changed.
}
office-move-not = { $n ->
    [one] This person's date has not been changed: the new session is full, there is an application for it already, or this one was cancelled before.
   *[other] The date of these { $n } people has not been changed: the new session is full, there is an application for it already, or this one was cancelled before.
}
office-move-back = Change back to the old date
office-cancel-title = Cancel applications
office-cancel-will = { $n ->
    [one] The application of this person will be cancelled. An e-mail says so, and it can be undone within ten minutes.
   *[other] The applications of these { $n } people will be cancelled. Each gets an e-mail, and it can be undone within ten minutes.
}
office-cancel-kept = { $n ->
    [0] Nobody you chose was found. Please go back to the list and choose again.
    [one] This application cannot be cancelled: it is cancelled already, or the session has begun.
   *[other] These { $n } applications cannot be cancelled: they are cancelled already, or the session has begun.
}
office-reason = Reason for cancelling
office-reason-hint = It is kept in the audit trail and does not stand in the e-mail.
office-reason-first = Please choose the reason for cancelling
office-reason-phone = Asked for by telephone
office-reason-mail = Asked for by e-mail
office-reason-duplicate = Applied twice
office-reason-other = Other
office-cancel-button = { $n ->
    [one] Cancel 1 application
   *[other] Cancel { $n } applications
}
office-cancel-done-title = Cancelling
office-cancel-done = { $n ->
    [0] No application has been cancelled.
    [one] 1 application has been cancelled.
   *[other] { $n } applications have been cancelled.
}
office-cancel-not = { $n ->
    [one] This application could not be cancelled, since the session has begun.
   *[other] These { $n } applications could not be cancelled, since the session has begun.
}
office-undo = Undo the cancellation (until { $until })
office-restore-done-title = Undoing the cancellation
office-restore-done = { $n ->
    [0] No cancellation has been undone.
    [one] 1 cancellation has been undone.
   *[other] { $n } cancellations have been undone.
}
office-restore-not = { $n ->
    [one] This cancellation could not be undone: the ten minutes are over, or there has been a new application since.
   *[other] These { $n } cancellations could not be undone: the ten minutes are over, or there have been new applications since.
}

## Entering for somebody
office-enter-lead = Here you apply for somebody who has telephoned or otherwise asked the secretariat.
office-enter-waiting = This session is full. Whoever you enter joins the waiting list.
office-enter-email-hint = The confirmation and the personal link go to this address. If the person has none, enter the secretariat's ({ $address }).
office-enter-consent-hint = Please tell the person that name, e-mail address and workplace are used only for messages about this training, attendance and the certificate.
office-enter-consent = I have said so and the person agrees
office-enter-consent-missing = Please tell the person how personal data is used, and tick this once they agree
office-enter-shown = {" "}The receipt says that the secretariat took the application by telephone.
office-enter-no-day = This session has no date yet, so nobody can be entered. Please set the date first.
office-enter-begun = The session has begun, so nobody can be entered any more.
office-enter-cancelled = This session has been called off, so nobody can be entered. Please choose another session.
office-enter-full = Both the seats and the waiting list are full. Add seats, or choose another session.
office-enter-earlier = There is an application for this session under this name and e-mail address already. Its link has been e-mailed to that address again.

## Export
office-export = Export
office-export-shown = { $n ->
    [one] Export the 1 person shown
   *[other] Export the { $n } people shown
}
office-export-open = Go on to export
office-export-recorded = Who exports it, and when, is recorded.
office-export-who = Who
office-export-will = { $n ->
    [0] Nobody matches these filters.
    [one] 1 person will be exported.
   *[other] { $n } people will be exported.
}
office-export-too-many = At most { $most } people can be exported at once. Filter the list and export it in parts.
office-export-button = Export the file
office-format = Kind of file
office-format-first = Please choose the kind of file
office-format-xlsx = Excel (.xlsx)
office-format-xlsx-small = Keeps every kanji. Choose this if in doubt.
office-format-csv = CSV (UTF-8)
office-format-csv-small = For other programs. Keeps every kanji.
office-format-shift-jis = CSV (Shift_JIS)
office-format-shift-jis-small = For older programs. You are told first if it cannot hold some kanji.
office-format-zoom = CSV for Zoom registration
office-format-zoom-small = Only the names and e-mail addresses of those who have a seat.
office-format-teams = CSV for Teams registration
office-format-teams-small = Only the names and e-mail addresses of those who have a seat.
office-export-lost-title = Some characters cannot be exported
office-export-lost = { $n ->
    [one] The entry of this person has characters that Shift_JIS does not have. They become “〓” in the file.
   *[other] The entries of these { $n } people have characters that Shift_JIS does not have. They become “〓” in the file.
}
office-export-characters = Characters
office-export-anyway = Export it nevertheless
office-export-other = Choose another kind of file
office-file-number = Receipt number
office-file-state = State
office-file-applied = Applied
office-file-course = Training
office-file-session = Session
office-file-when = Date and time
office-file-cancelled = Cancelled

## Approval of exports (lists of more than 1,000 people)
exports-title = Approval of exports
exports-one-title = Request for an export
exports-lead = A list of more than 1,000 people leaves the portal once a second person has approved it. Nobody approves their own request.
exports-none = There are no requests yet
exports-none-text = When somebody takes out more than 1,000 people from a list of applicants, the request appears here.
exports-column-list = List and purpose
exports-column-state = State
exports-column-who = Requested by
exports-waits = Exports waiting for approval
exports-second-title = A second person has to approve
exports-second = To take out the personal data of more than 1,000 people, somebody else has to approve. Please write what it is for and ask. The list can be taken within { $hours } hours of the approval.
exports-ask = Ask for approval
exports-reason = Purpose of the export
exports-reason-hint = For example: to give the reception list to the staff at the venue. Whoever approves reads it.
exports-reason-empty = Please write the purpose of the export
exports-reason-long = Please write at most 200 characters
exports-people = Number of people
exports-people-n = { $n ->
    [one] 1 person
   *[other] { $n } people
}
exports-people-now = Number of people now
exports-part = A part of the list (its filters were deleted when the request was over)
exports-by = Requested by
exports-at = Requested at
exports-decided-by = Decided by
exports-decided-at = Decided at
exports-taken = Taken
exports-state-waits = Waiting for approval
exports-state-open = Approved
exports-state-taken = Taken
exports-state-refused = Refused
exports-state-withdrawn = Withdrawn
exports-state-lapsed = Expired
exports-text-own = Waiting for somebody else to approve. If nobody has by { $until }, the request expires.
exports-text-waits = Please decide by { $until }. After that the request expires.
exports-text-open = Approved. You can take the list until { $until }. The file holds the list as it is when you take it.
exports-text-open-other = Approved. Whoever asked can take the list until { $until }.
exports-text-taken = The list has been taken. If it is needed again, please make a new request.
exports-text-refused = This request was refused. If the list is needed, please look at the purpose and the filters again and make a new request.
exports-text-withdrawn = This request was withdrawn.
exports-text-lapsed = This request has expired. If the list is needed, please make a new request.
exports-decide = Decide
exports-decide-text = Please check whether the purpose needs this range and number. Once you approve, whoever asked can take the list within 24 hours. Who approved is recorded.
exports-remark = A word to whoever asked
exports-remark-hint = If you refuse, please write why.
exports-remark-empty = Please write why you refuse
exports-approve = Approve
exports-refuse = Refuse
exports-withdraw = Withdraw the request
exports-withdraw-text = Once withdrawn, nothing can be taken with this request.
exports-not-done = Nothing has changed
exports-over = This request can no longer be decided, withdrawn or taken. Please look at its state.
exports-own = You cannot approve your own request. Please ask somebody else.
exports-done-asked = Your request has been sent.
exports-done-approved = Approved.
exports-done-refused = Refused.
exports-done-withdrawn = The request has been withdrawn.

## Operation
office-operation = Operation
office-waiting-mails = { $n ->
    [one] 1 e-mail waits to be sent.
   *[other] { $n } e-mails wait to be sent.
}
office-waiting-jobs = { $n ->
    [one] 1 automatic job is still to be done.
   *[other] { $n } automatic jobs are still to be done.
}
office-backup-last = Last backup { $at } ({ $size })
office-backup-none = There is no backup yet
office-failed-mails = E-mails that could not be sent
office-failed-mails-none = There are none.
office-dead-jobs = Automatic jobs that have stopped
office-dead-jobs-none = There are none.
office-refused-reports = Reports that did not become cases
office-refused-reports-none = There are none.
office-refused-reports-some = { $n ->
    [one] 1 report of an incident was not put into the database and lies in a file on this server, where the desk does not see it. Tell a lead of the first response at once, and look into the log of the program for the reason. It is tried again every hour and at each start.
   *[other] { $n } reports of incidents were not put into the database and lie in files on this server, where the desk does not see them. Tell a lead of the first response at once, and look into the log of the program for the reason. They are tried again every hour and at each start.
}
office-refused-reports-unknown = Whether a report did not become a case could not be found out. Please look after the disk of the server.
office-attempts = { $n ->
    [one] tried once
   *[other] tried { $n } times
}
office-failure-smtp = the mail server did not take it (reply { $code })
office-failure-tls = no encrypted connection to the mail server
office-failure-timeout = the mail server did not answer
office-failure-connection = the mail server could not be reached
office-failure-relay-cannot = the mail server lacks what is needed
office-failure-expired = it was too late to send it
office-failure-restored = stopped when a backup was put back: nobody knows whether it was done after the backup
office-failure-inside = something that it needs is missing
office-retry = Try again
office-retire = Give up for good
office-done-retried = It will be tried again.
office-done-retired = It has been given up for good.
office-done-gone = It has been dealt with already.
office-job-trainings-let-go = Pass a cancelled seat on
office-job-trainings-tell-opening = Tell those who asked that applications are open
office-job-office-tell = Tell all applicants of a session
office-job-archive-tell = Tell people that recordings are there
office-job-archive-tell-on = Tell people that recordings are there (the rest)
office-job-reminders-gather = Find out who is sent the mails around a session
office-job-reminders-post = Send the mails around a session
office-job-desk-call = Call those on duty by telephone
office-job-other = Automatic job

## The delivery log
office-delivery = Delivery log
office-delivery-none = No such e-mails
office-shelf-gone = Done
office-shelf-waiting = Waiting
office-shelf-failed = Could not be sent
office-shelf-bounced = Came back
office-mail-sent = Sent
office-mail-waiting = Waiting to be sent
office-mail-failed = Could not be sent
office-mail-bounced = Did not arrive
office-mail-dropped = Not sent any more
office-mail-trainings-applied = Application received
office-mail-trainings-again = Applied already
office-mail-trainings-promoted = Seat given
office-mail-trainings-moved = Date changed
office-mail-trainings-cancelled = Application cancelled
office-mail-trainings-restored = Cancellation undone
office-mail-trainings-links = Links of the applications
office-mail-trainings-will-tell = Wish to be told
office-mail-trainings-opened = Applications open
office-mail-assignments-due = Assigned courses
office-mail-certificates-issued = Certificate
office-mail-certificates-reissued = Reissued certificate
office-mail-certificates-revoked = Revoked certificate
office-mail-office-rescheduled = New date of a session
office-mail-office-called-off = Session called off
office-mail-inquiries-received = Inquiry received
office-mail-inquiries-answered = Inquiry answered
office-mail-inquiries-new = New inquiry (to the secretariat)
office-mail-accounts-sign-in-link = Sign-in link
office-mail-accounts-changed = New way of signing in
office-mail-accounts-invited = Invitation to a role
office-mail-accounts-role-changed = Change of a role
office-mail-accounts-recovery-asked = A new way of signing in was asked for
office-mail-accounts-recovery-held = A new way of signing in was approved (24 hours of waiting)
office-mail-accounts-recovery-link = Link for a new way of signing in
office-mail-accounts-recovery-over = A new way of signing in was called off
office-mail-trainings-signed-up = Application entered by the secretariat
office-mail-trainings-series = Application for several sessions
office-mail-trainings-elsewhere = Already applied for the same training
office-mail-trainings-offered = A seat is offered (waiting for an answer)
office-mail-desk-duty = Call to the first-response duty
office-mail-desk-notice = Notice of the first-response desk
office-mail-other = E-mail

## The audit trail
office-audit = Audit trail
office-audit-sift = Filter the audit trail
office-audit-actor = By whom
office-audit-act = What
office-acts-applications = Applications
office-acts-programme = Trainings, plans, reports
office-acts-day = Sessions, attendance, certificates
office-acts-archive = Recordings and materials
office-acts-learning = E-learning and materials
office-acts-words = News and inquiries
office-acts-people = People and roles
office-acts-desk = First-response desk
office-acts-operation = Settings and operation
office-who-applicant = The applicant
office-who-program = A connected program
office-who-account = A deleted account
office-who-system = The system
office-who-sample = Sample data
office-who-visitor = A visitor
office-act-applications-applied = Applied
office-act-applications-imported = Application from a list
office-act-lists-imported = Brought in a list
office-act-applications-moved = Date changed
office-act-applications-cancelled = Application cancelled
office-act-applications-restored = Cancellation undone
office-act-applications-promoted = Given a seat from the waiting list
office-act-exports-asked = Export requested
office-act-exports-approved = Export approved
office-act-exports-refused = Export refused
office-act-exports-withdrawn = Export request withdrawn
office-act-applications-exported = Applicants exported
office-act-courses-completed = Course completed
office-act-courses-named = Name for certificates written
office-act-assignments-assigned = Course assigned
office-act-assignments-enrolled = Staff added to a list
office-act-assignments-left = Staff taken off a list
office-act-assignments-waived = Learner let off
office-act-assignments-restored = Learner no longer let off
office-act-assignments-due-moved = Due date moved
office-act-assignments-ended = Assignment withdrawn
office-act-assignments-exported = List of learners exported
office-act-kits-exported = Results of a training in house exported
office-act-kits-made = Offline package made
office-act-kits-received = File of results received
office-act-kits-recorded = Results of a training in house recorded
office-act-kits-result-withdrawn = Result of a training in house taken back
office-act-kits-taken = Offline package downloaded
office-act-packages-imported = Course package brought in
office-act-packages-opened = Course package shown to learners
office-act-packages-shut = Course package shown no longer
office-act-packages-deleted = Course package deleted
office-act-packages-abandoned = Session of a course package ended
office-act-packages-waived = Unit of a course package waived
office-act-certificates-issued = Certificate issued
office-act-certificates-reissued = Certificate reissued
office-act-certificates-revoked = Certificate revoked
office-act-certificates-retried = Certificate made again
office-act-certificates-rule-set = Rule of completion changed
office-act-certificates-record-exported = Attendance record taken out
office-reason-attendance = record of attendance corrected
office-reason-mistake = issued by mistake
office-reason-asked = asked for by its owner
office-act-applications-read-by-program = Read by a program
office-act-sessions-added = Extra session added
office-act-sessions-changed = Session changed
office-act-sessions-called-off = Session called off
office-act-sessions-lecturers = Lecturers changed
office-act-courses-changed = Training changed
office-act-plans-begun = Change planned
office-act-plans-requested = Review of a plan requested
office-act-plans-returned = Plan given back
office-act-plans-approved = Plan approved
office-act-plans-published = Plan published
office-act-plans-abandoned = Plan given up
office-act-programmes-made = Programme made
office-act-programmes-cloned = New year made
office-act-programmes-imported = Programme imported
office-act-mails-retried = E-mail tried again
office-act-mails-retired = E-mail given up
office-act-jobs-retried = Automatic job tried again
office-act-jobs-retired = Automatic job given up
office-act-tokens-issued = API token issued
office-act-tokens-ended = API token ended
office-act-records-client-made = Record store: program’s key made
office-act-records-client-ended = Record store: program ended
office-act-accounts-signed-in = Signed in
office-act-accounts-stepped-up = Confirmed who they are
office-act-accounts-changed = Way of signing in changed
office-act-accounts-invited = Invited to a role
office-act-accounts-accepted = Invitation accepted
office-act-accounts-confirmed = Role in force
office-act-roles-requested = Approval of a role asked for
office-act-roles-approved = Invitation approved
office-act-roles-refused = Invitation withdrawn
office-act-roles-excepted = Exception for a role
office-act-roles-given-alone = Invitation by one person
office-act-roles-suspended = Role suspended
office-act-roles-reinstated = Role reinstated
office-act-roles-ended = Role ended
office-act-recovery-asked = A new way to sign in was asked for
office-act-recovery-approved = A new way to sign in was approved
office-act-recovery-refused = A new way to sign in was not approved
office-act-recovery-cancelled = A new way to sign in was stopped
office-act-recovery-opened = The link to a new way to sign in was used
office-act-inquiries-received = Inquiry received
office-act-inquiries-taken = Inquiry taken up
office-act-inquiries-answered = Inquiry answered
office-act-inquiries-noted = Note on an inquiry
office-act-inquiries-closed = Inquiry finished
office-act-inquiries-reopened = Inquiry reopened
office-act-inquiries-forgotten = Old inquiries erased
office-act-texts-imported = Text brought in
office-act-texts-saved = Text saved
office-act-texts-requested = Review of a text requested
office-act-texts-returned = Text given back
office-act-texts-approved = Text approved
office-act-texts-published = Text published
office-act-texts-withdrawn = Text withdrawn
office-act-settings-changed = Settings changed
office-act-backup-made = Backup made
office-act-backup-restored = Backup put back
office-act-letters-loaded = Letters loaded
office-act-organizations-imported = Institutions imported
office-act-applications-series-cancelled = Applications for a series cancelled
office-act-offers-made = A free seat offered
office-act-offers-taken = An offered seat taken
office-act-offers-declined = An offered seat declined
office-act-offers-left = Cancelled while a seat was offered
office-act-offers-over = The time to answer an offer over
office-act-figures-report-issued = Monthly report issued
office-act-courses-begun = New version of a course begun
office-act-courses-saved = Version of a course saved
office-act-courses-requested = Approval of a course's version asked for
office-act-courses-returned = Version of a course returned
office-act-courses-approved = Version of a course approved
office-act-courses-published = Version of a course published
office-act-courses-dropped = Version of a course dropped
office-act-desk-case-read = Case looked at
office-act-desk-alarm-unheard = Call to the duty unanswered
office-act-desk-numbers-brought-in = Telephone numbers of institutions brought in
office-act-roster-planned = Shift entered
office-act-roster-removed = Shift taken off
office-act-roster-handed-over = Duty handed over
office-act-roster-taken-over = Duty taken over
office-act-drill-begun = Exercise begun
office-act-drill-begun-by-institution = Exercise begun by an institution
office-act-desk-keys-key-made = Key of a responder made
office-act-desk-keys-way-added = Another way to open a responder's key
office-act-desk-keys-epoch-begun = Group key renewed
office-act-desk-keys-epochs-destroyed = Earlier group keys destroyed
office-act-desk-keys-cases-handed = Cases handed out to be wrapped anew
office-act-desk-keys-cases-rewrapped = Cases wrapped with the new key
office-act-desk-keys-proofs-handed = Proofs of the new key handed out
office-act-desk-keys-cases-proven = Cases proven to open with the new key
office-act-desk-keys-wraps-failed = Cases reported not to open with the new key
office-act-desk-keys-glass-made = Emergency key made
office-act-desk-keys-glass-opened = Use of the emergency key asked for
office-act-desk-keys-glass-broken = Emergency key used
office-act-desk-keys-case-deleted = Closed case deleted
office-act-other = Something else
office-thing-gone = { $kind } (no longer kept)
office-thing-account = User
office-thing-invitation = Invitation
office-thing-token = API token
office-thing-organization = Institution
office-thing-list = File
office-thing-application = Application
office-thing-objection = Objection about attendance
office-thing-interest = Wish to be told
office-thing-sign-in-link = Whoever asked to sign in
office-thing-recovery = User
office-thing-staff-member = Staff member
office-thing-session = Session
office-thing-course = Training
office-thing-programme = Programme
office-thing-plan = Plan of changes
office-thing-certificate = Certificate
office-thing-material = Material
office-thing-report = Monthly report
office-thing-mail = Mail
office-thing-job = Automatic task
office-thing-inquiry = Inquiry
office-thing-text = Text
office-thing-course-version = Course
office-thing-study = Course
office-thing-assignment = Assignment
office-thing-kit = Offline edition
office-thing-package = Course package
office-thing-package-registration = Course package
office-thing-package-launch = Course package
office-thing-record-client = Program
office-thing-case = Case
office-thing-alarm = Call to those on duty
office-thing-shift = Shift
office-thing-desk-epoch = Key of the duty group
office-thing-desk-member = Key of a member

## Subjects of mails
office-mail-rescheduled-subject = [New date] { $day } { $course }, { $nth }
office-mail-called-off-subject = [Called off] { $day } { $course }, { $nth }
