mails-title = E-mails
mails-lead = E-mails that go out by themselves around this session. When its date changes, so do they. Nobody gets the same one twice.
mails-lead-night = Apart from links to join, nothing goes out at night. What one person gets at one time comes as one e-mail. Confirmations of applying, changing and cancelling always go out at once.
mails-year = E-mails of the year
mails-year-lead = When e-mails go out by themselves around each session.
mails-year-none = There are no such e-mails
mails-tab-ahead = Ahead
mails-tab-past = Past
mails-courses = Settings of each training
mails-courses-lead = They hold for all its sessions, except where a session has a setting of its own.
mails-column-when = Goes out
mails-column-what = E-mail
mails-column-session = Session
mails-column-state = State
mails-open = Text and settings
mails-when-unset = Once there is a date
mails-decided-when = When attendance is closed
mails-own-session = This session only
mails-own-course = Set for this training
mails-reaches = { $n ->
    [one] reaches { $n } person now
   *[other] reaches { $n } people now
  }
mails-sent = { $n ->
    [one] sent to { $n } person
   *[other] sent to { $n } people
  }
mails-sent-lost = sent to { $n }, of whom { $lost } did not get it
mails-state-planned = Planned
mails-state-off = Off
mails-state-unset = No date yet
mails-state-none = Nobody
mails-state-past = Past
mails-state-follows = When it happens
mails-state-sent = Sent
mails-state-not = Not sent
mails-state-later = To come
mails-state-going = On its way
mails-state-returned = Did not arrive
mails-state-failed = Did not arrive

mails-deadline-name = Before the deadline (waiting list)
mails-deadline-to = People on the waiting list
mails-deadline-title = Applications close soon
mails-deadline-subject = [Closes soon] You are waiting for { $day } { $course }, { $nth }
mails-deadline-how = you have no seat yet (number { $position } on the waiting list)
mails-deadline-text = When a seat comes free it is yours in turn, and we e-mail you. To change to a session with free seats:
mails-week-name = A week before
mails-week-to = People with a seat
mails-week-title = { $soon }: training on { $day }
mails-week-subject = [{ $soon }] { $day } { $course }, { $nth }
mails-week-how = online, free of charge. Your link comes on the day before and on the day
mails-week-text = See, change or cancel it here:
mails-day-name = The day before
mails-day-to = People with a seat
mails-day-title = { $soon } at { $at }
mails-day-subject = [{ $soon } at { $at }] { $course }, { $nth }
mails-day-how = online, by the link below, from 20 minutes before it begins
mails-hour-name = Just before (link to join)
mails-hour-to = People with a seat
mails-hour-title = Training that begins soon
mails-hour-subject = [Soon, at { $at }] Your link: { $course }, { $nth }
mails-hour-how = online, by the link below (from 20 minutes before it begins)
mails-after-name = Afterwards (questionnaire)
mails-after-to = People with a seat who have not answered the questionnaire
mails-after-title = Questionnaire of a training that is over
mails-after-subject = [Questionnaire] { $day } { $course }, { $nth }
mails-after-how = it is over. Please answer our questionnaire (about 2 minutes)
mails-after-text =
    Your attendance record and certificate come by another e-mail, once they are checked.
    Recordings expected: { $archive }
mails-catch-up-name = Before the recordings end
mails-catch-up-to = People who were absent and have not made up for it
mails-catch-up-title = Recordings until { $until }
mails-catch-up-subject = [Recording until { $until }] { $course }, { $nth }
mails-catch-up-how = watch the recording and answer the check questions, and it counts as attended
mails-opening-name = Applications have opened
mails-opening-to = People who asked to be told
mails-opening-timing = When applications open
mails-decided-name = Attendance record and certificate
mails-decided-to = People who had a seat
mails-decided-timing = At once when attendance is closed
mails-archive-name = Recordings are available
mails-archive-to = People with a seat who have not attended
mails-archive-timing = When the recordings open

mails-soon-today = Today
mails-soon-tomorrow = Tomorrow
mails-soon-days = In { $n } days
mails-film-end-unset = its end
mails-archive-unset = after all sessions are over
mails-until-closes = applications close { $at }
mails-until-change = change or cancel until { $at }
mails-until-survey = answer until { $at }
mails-until-film = the recording stays until { $until }
mails-subject-several = [{ $n } notices] { $first } and more
mails-why-deadline = You get this e-mail because a training that you are waiting for closes soon.
mails-why-week = You get this e-mail because a training that you applied for is near.
mails-why-day = You get this e-mail because a training that you applied for is near.
mails-why-hour = You get this e-mail because a training that you applied for begins soon.
mails-why-after = You get this e-mail because a training that you applied for is over.
mails-why-catch-up = You get this e-mail because the recording of a training that you applied for ends soon.
mails-why-several = You get this e-mail, which puts several into one, because you applied for these trainings.
mails-sample-subject = [Test] { $subject }

mails-by-start = it begins
mails-by-end = it ends
mails-by-closes = applications close
mails-by-archive-ends = the recordings end
mails-timing-before = { $n ->
    [one] the day before { $moment }, at { $at }
   *[other] { $n } days before { $moment }, at { $at }
}
mails-timing-same = on the day on which { $moment }, at { $at }
mails-timing-after = { $n ->
    [one] the day after { $moment }, at { $at }
   *[other] { $n } days after { $moment }, at { $at }
}
mails-timing-minutes = { $n } minutes before { $moment }

mails-lead-off = As it is set, nothing goes out.
mails-lead-unset = Goes out { $timing }. The date follows from the session's.
mails-lead-session = Goes out { $timing }: { $at }. It reaches { $n } now.
mails-lead-course = Goes out { $timing }. It holds for { $n } sessions ahead.
mails-optional = People may say that they do not want this e-mail.
mails-necessary = It is needed to take part, so nobody can decline it.
mails-hours-hint = Between { $from } and { $until }, such as 8:00
mails-read = Text
mails-read-ja = Japanese
mails-read-en = English
mails-read-text = As plain text
mails-length = { $n } characters
mails-send-specimen = Send a test to myself
mails-set = Settings
mails-send = Sending
mails-send-yes = Send it
mails-send-no = Do not send it
mails-minutes = Minutes before it begins
mails-minutes-hint = 5 to 240. It goes out at that minute, by night too
mails-minutes-wrong = Enter a number from 5 to 240.
mails-days-before = Days before
mails-days-after = Days after
mails-days-wrong = Enter a number up to { $n }.
mails-at = Time
mails-at-wrong = Enter a time within the hours of sending, such as 8:00.
mails-extra-ja = Your own sentence, in Japanese
mails-extra-en = Your own sentence, in English
mails-extra-hint = It stands in the middle of the e-mail. Up to 200 characters
mails-extra-wrong = { $n } characters at most.
mails-keep = Set it so
mails-reset = Back to the usual setting
mails-back = Back to the e-mails
mails-done-set = It is set. The time of sending follows.
mails-done-reset = It is as usual again.
mails-done-specimen = A test is on its way.

mails-why-title = E-mails by rule
mails-why-lead = What was sent, what will be, and why.
mails-mine-title = E-mails to you
mails-was-sent = Sent { $at }.
mails-was-returned = Did not arrive ({ $at }: { $why }).
mails-was-failed = Did not arrive ({ $at }: it could not be sent).
mails-was-dropped = Not sent (on { $at } it was no longer needed).
mails-was-noted = Goes out { $at }.
mails-together = { $n } notices came as one e-mail.
mails-later = { $at } ({ $rule }).
mails-later-unanswered = { $at } ({ $rule }), if the questionnaire is not answered by then.
mails-later-absent = { $at } ({ $rule }), to whoever was absent and has not made up for it.
mails-later-unset = The time follows once there is a date.
mails-not-cancelled = It was cancelled.
mails-not-called-off = The session was called off.
mails-not-off = It is switched off for this session.
mails-not-waiting = There is no seat yet.
mails-not-together = They watched together with others.
mails-not-declined = They do not want this e-mail.
mails-not-returned = An earlier e-mail came back.
mails-not-late = They applied after it had gone out.
mails-not-answered = The questionnaire was answered, or it did not concern them.
mails-not-present = They were not absent, or made up for it.
mails-not-past = It did not concern them when it went out.
mails-bounce-address = no such address
mails-bounce-full = the mailbox is full
mails-bounce-mailbox = the mailbox cannot be used
mails-bounce-size = the e-mail is too large
mails-bounce-network = their server cannot be reached
mails-bounce-policy = their server refused it
mails-bounce-other = for an unknown reason

office-tab-mails = E-mails
office-act-reminders-set = E-mails by rule set
office-mail-reminders-due = Reminder
office-mail-reminders-sample = Test of a reminder

mails-choice-title = E-mail settings
mails-choice-optional = E-mails you get
mails-choice-keep = Set it so
mails-choice-done = It is set.
mails-choice-necessary = E-mails that always come
mails-choice-why = You need them to take part, so they cannot be declined. If you are not going to take part, cancel your application.
mails-choice-changes = Confirmations of applying, changing and cancelling; changes of date, sessions called off; attendance records
mails-choice-broken = This link cannot be used. Open the link in the e-mail once more.
mails-choice-returned = E-mail to this address came back ({ $at }: { $why }), so only what is necessary is sent.
mails-choice-confirm = Start the notices to this address again
my-mails = E-mail settings
my-mails-text = Choose which notices you get.
office-act-mails-bounced = E-mail came back
