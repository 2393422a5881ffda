# Attendance: participant files, the queue, closing, reported mistakes.

## Words of every page
attendance-title = Attendance
attendance-tab = Attendance
attendance-record = Attendance
attendance-back = Back to attendance
attendance-first = First page
attendance-to-mend = { $n ->
    [one] { $n } thing to correct
   *[other] { $n } things to correct
}
attendance-status-present = Present
attendance-status-absent = Absent
attendance-status-review = Being checked
attendance-status-undecided = Not decided yet
attendance-status-archive = Completed (recording)
attendance-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
attendance-rows = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}

## Rule and reasons
attendance-rule = What counts as present
attendance-rule-percent = { $percent }% of the session
attendance-rule-percent-of = { $percent }% of the session ({ $needed } of { $length } minutes)
attendance-rule-minutes = { $needed } minutes
attendance-rule-minutes-of = { $needed } of { $length } minutes
attendance-minutes = { $minutes } of { $length } minutes ({ $needed } needed)
attendance-minutes-alone = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
attendance-sentence = { $minutes }: { $word }
attendance-sentence-hand = Decided by the secretariat ({ $minutes }): { $word }
attendance-sentence-hand-because = Decided by the secretariat ({ $reason }; { $minutes }): { $word }
attendance-sentence-proofs = Two of connection, keyword and questionnaire ({ $minutes }): { $word }
attendance-sentence-archive = Recording watched and questions answered: completed
attendance-would = If closed now: { $sentence }
attendance-reason-seen = seen on the day
attendance-reason-group = on a list of people who watched together
attendance-reason-device = under another name or on another device
attendance-reason-objection = reported by the person
attendance-reason-other = other
office-reason-seen = Seen on the day
office-reason-group = On a list of people who watched together
office-reason-device = Under another name or on another device
office-reason-objection = Reported by the person
office-reason-shortened = The session was longer or shorter
office-reason-setting = A mistake in settings or records
office-reason-file = Another participant file

## The list
attendance-column-state = Attendance
attendance-column-why = Minutes and why
attendance-mark-present = Mark as present
attendance-mark-absent = Mark as absent
attendance-total = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
attendance-shown = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
attendance-none = Nobody has a seat
attendance-none-text = Applicants appear here once they have a seat.
attendance-table = Attendance of { $session }
attendance-side = Where attendance of { $session } stands
attendance-care-unseen = Never seen
attendance-care-hand = Decided by hand
attendance-care-objection = Reported a mistake
attendance-care-questioned = May be in the queue
attendance-tally-open = If closed now
attendance-tally-closed = As closed
attendance-files = Participant files
attendance-files-none = None yet.
attendance-file-tag = Withdrawn
attendance-file-in = { $at }: { $found } applicants, { $open } to check
attendance-file-out = { $at }: not counted
attendance-queue-link = Participants to check: { $n }
attendance-next-before = Participant files can be brought in once the session has begun. Until then the rule can be changed.
attendance-next-import = Bring in the meeting tool's participant file: it is compared with the applicants, and minutes are reckoned.
attendance-next-queue = { $n ->
    [one] { $n } participant could not be told for certain. Decide whose it is. Then attendance can be closed.
   *[other] { $n } participants could not be told for certain. Decide whose they are. Then attendance can be closed.
}
attendance-next-running = Attendance can be closed once the session has ended.
attendance-next-close = Nobody is left to check. Closing tells everybody their result.
attendance-next-closed = Attendance was closed: { $at }.
attendance-next-closed-open = { $n ->
    [one] Attendance is closed. { $n } participant is still nobody's; deciding about it decides that person's result at once.
   *[other] Attendance is closed. { $n } participants are still nobody's; deciding about one decides that person's result at once.
}
attendance-close-go = See what closing does
attendance-reopen-go = Review after closing
attendance-undo = Undo this
attendance-done-marked = { $n ->
    [one] Decided by hand about { $n } person.
   *[other] Decided by hand about { $n } people.
}
attendance-done-unmarked = { $n ->
    [one] Undone for { $n } person.
   *[other] Undone for { $n } people.
}
attendance-done-rule = The rule is changed.
attendance-done-imported = { $n ->
    [one] Brought in. { $n } applicant was found.
   *[other] Brought in. { $n } applicants were found.
}
attendance-done-withdrawn = The file is withdrawn.
attendance-done-closed = { $n ->
    [one] Attendance is closed. { $n } person is told by e-mail.
   *[other] Attendance is closed. { $n } people are told by e-mail.
}
attendance-done-reopened = Attendance is open for review.
attendance-done-settled = { $n ->
    [one] Decided about { $n } participant.
   *[other] Decided about { $n } participants.
}
attendance-done-answered = The answer is on its way.

## When it cannot be done
attendance-not-called-off = This session does not take place, so there is no attendance.
attendance-not-hours = The session's hours are not set, so minutes cannot be reckoned. Enter its start and end first.
attendance-not-begun = The session has not begun. Bring the file in after it has.
attendance-not-ended = The session has not ended. Close attendance after it has.
attendance-not-closed = Attendance is closed, so this cannot be changed. Use "Review after closing" first.
attendance-not-twice = The same file is in already. Withdraw the earlier one to bring it in anew.

## Bringing in
attendance-import-title = Bring in a participant file
attendance-import-lead = Choose the file as the meeting tool gave it out.
attendance-import-zoom = Zoom: the participants under Reports. Without "Show unique users" it also says when people came and left.
attendance-import-teams = Microsoft Teams: the attendance report of the meeting.
attendance-import-webex = Webex: the attendance report of the meeting.
attendance-import-several = If the meeting was started anew or held in several rooms, bring in one file after the other. Times that overlap count once.
attendance-file = Participant file
attendance-file-hint = CSV, tab separated, or Excel (up to { $rows } rows, { $size }). Columns in any order, in Japanese or English.
attendance-file-none = Choose a file
attendance-file-headings = No headings of a participant list were found. Choose a file with a column of names, and columns of join and leave times or of minutes
attendance-file-nobody = There is nobody below the headings. Choose a file with participants
attendance-zone = Time zone of the file
attendance-zone-hint = The file has the local time of whoever took the report. Usually that is Japan's.
attendance-zone-asia-tokyo = Japan time
attendance-zone-utc = UTC
attendance-zone-america-los-angeles = US West Coast
attendance-zone-america-new-york = US East Coast
attendance-zone-europe-london = United Kingdom
attendance-zone-asia-singapore = Singapore
attendance-zone-assumed = Read as: { $zone }
attendance-zone-own = Read with the zone that the file says
attendance-zone-none = The file has no times
attendance-look = See what is in it
attendance-preview-title = What would be brought in
attendance-preview-lead = Nothing is stored yet. Look through it, then bring it in.
attendance-preview-found = Applicants found
attendance-preview-open = To check
attendance-preview-wrong = Unreadable rows
attendance-preview-first = { $n ->
    [one] Participants (the first, those to check on top)
   *[other] Participants (the first { $n }, those to check on top)
}
attendance-preview-lengths = This file has total minutes and no times. Minutes before the beginning are in them. If you can, bring in the report with times.
attendance-preview-other-time = Nobody was there during this session. It may be another session's file, or another time zone.
attendance-meeting = Meeting
attendance-form-utf16 = Text (UTF-16)
attendance-import-button = { $n ->
    [one] Bring in { $n } participant
   *[other] Bring in { $n } participants
}
attendance-wrong = Unreadable rows
attendance-wrong-text = These rows are left out. The others are not affected.
attendance-column-cell = What it says
attendance-column-wrong = Why it is left out
attendance-column-name = Name in the meeting
attendance-column-when = Time in the meeting
attendance-column-how = Found by
attendance-column-whose = Applicant
attendance-row-nobody = Neither a name nor an address
attendance-row-join = The time of joining cannot be read
attendance-row-leave = The time of leaving cannot be read
attendance-row-backwards = The time of leaving is before the time of joining
attendance-row-length = The minutes cannot be read
attendance-how-token = Receipt number
attendance-how-mail = E-mail address
attendance-how-name = Name and workplace
attendance-how-hand = By hand
attendance-how-open = To check
attendance-how-stranger = Did not apply
attendance-may-be = Perhaps: { $names }

## A file
attendance-file-title = Participant file
attendance-file-at = Brought in
attendance-file-withdrawn = Withdrawn: { $at }. It is not counted.
attendance-withdraw = Withdraw this file
attendance-withdraw-will = { $n ->
    [one] The minutes known from this file no longer count. It is tied to { $n } applicant. To count it again, bring it in anew.
   *[other] The minutes known from this file no longer count. It is tied to { $n } applicants. To count it again, bring it in anew.
}

## The queue
attendance-queue-title = Participants to check
attendance-queue-lead = Participants who could not be told for certain. They count for nobody until you decide whose they are. Press a name to choose an applicant.
attendance-queue-lead-closed = Attendance is closed. Once you decide whose a participant is, that person's result is decided and e-mailed at once.
attendance-queue-piles = Kinds of participants
attendance-pile-open = To check
attendance-pile-settled = Decided by hand
attendance-pile-found = Found
attendance-queue-shown = { $n ->
    [one] { $n } participant
   *[other] { $n } participants
}
attendance-queue-none = Nothing here
attendance-queue-none-text = Once a file is brought in, participants who cannot be told for certain appear here.
attendance-queue-see = Check them
attendance-queue-back = Back to the participants
attendance-bulk = Choose participants to decide about several at once
attendance-bulk-count = {"{n}"} chosen
attendance-bulk-suggested = They are the suggested person
attendance-bulk-stranger = They did not apply
attendance-attendee-title = Whose is this?
attendance-attendee-who = Choose the applicant
attendance-attendee-find = Find an applicant (name, workplace, receipt number)
attendance-attendee-found = Found
attendance-attendee-suggested = Suggested
attendance-attendee-nobody = Nobody found. Try other words.
attendance-attendee-open = You can change this at any time.
attendance-attendee-closed = Attendance is closed. The result of this person is decided at once, and e-mailed if it changes.
attendance-attendee-settle = It is the chosen person
attendance-attendee-stranger = They did not apply
attendance-attendee-reopen = Back to those to check
attendance-attendee-choose = Choose an applicant
attendance-attendee-no-seat = This person has no seat in the session. Choose another
attendance-stays = { $n ->
    [one] Was there { $n } time
   *[other] Was there { $n } times
}

## By hand
attendance-mark-title = Mark as: { $word }
attendance-mark-will = { $count } will be marked as: { $word }. Nobody is told before attendance is closed.
attendance-mark-will-closed = Attendance is closed. { $count } will be corrected to: { $word }; whoever's result changes is told by e-mail.
attendance-mark-reason = Reason
attendance-mark-reason-hint = Kept in the audit trail; the person sees it, too.
attendance-mark-reason-first = Choose a reason
attendance-mark-note = Note of the secretariat
attendance-mark-note-hint = For the secretariat alone, up to 200 characters. Needed for "other".
attendance-mark-note-needed = Write a note of up to 200 characters
attendance-mark-button = Mark { $count } as: { $word }

## Changing the rule
attendance-rule-title = What counts as present
attendance-rule-change = Change it
attendance-rule-now = Now: { $rule }
attendance-rule-frozen = The session has begun, so the rule is frozen. To correct it, choose a reason; the correction is kept in the audit trail.
attendance-rule-unit = Counted in
attendance-rule-unit-percent = Percent of the session
attendance-rule-unit-minutes = Minutes
attendance-rule-least = At least
attendance-rule-least-hint = For example 75 (percent) or 45 (minutes). Percent go from 1 to 100.
attendance-rule-senseless = Enter a number of 1 or more (percent up to 100)
attendance-rule-proofs = Beside minutes
attendance-rule-proofs-hint = Presence can be shown without the meeting tool.
attendance-rule-proofs-yes = Two of connection, keyword and questionnaire count as present
attendance-rule-reason = Reason for the correction
attendance-rule-reason-hint = Kept in the audit trail.
attendance-rule-reason-first = Choose a reason for the correction
attendance-rule-set = Set this rule
attendance-rule-correct = Correct the rule

## Closing
attendance-close-title = Close attendance
attendance-close-lead = Closing decides about every applicant as follows.
attendance-close-open = { $n ->
    [one] { $n } participant is still nobody's. People whom it may be are not called absent but "being checked". Better check first.
   *[other] { $n } participants are still nobody's. People whom they may be are not called absent but "being checked". Better check first.
}
attendance-close-told = { $n ->
    [one] { $n } person is told the result by e-mail.
   *[other] { $n } people are told the result by e-mail.
}
attendance-close-completed = { $n ->
    [one] The certificate of { $n } person who is newly present goes ahead.
   *[other] The certificates of { $n } people who are newly present go ahead.
}
attendance-close-rule = The rule: { $rule }.
attendance-close-after = After closing you can still correct people one by one, with a reason, or open everything for review.
attendance-close-button = Close attendance
attendance-reopen-title = Review after closing
attendance-reopen-lead = Attendance was closed: { $at }. Opening it for review means:
attendance-reopen-1 = Files can be brought in and withdrawn, and the rule corrected.
attendance-reopen-2 = Until it is closed again, applicants see "Not decided yet".
attendance-reopen-3 = When it is closed again, only those whose result has changed are told.
attendance-reopen-reason = Reason
attendance-reopen-reason-first = Choose a reason
attendance-reopen-button = Open for review

## One's own page
attendance-own-title = Your attendance
attendance-own-undecided = The secretariat is checking who took part. You will be told by e-mail.
attendance-own-reopened = The secretariat is reviewing who took part. You will be told by e-mail.
attendance-own-review = We are checking whether a participant of the meeting was you. You will be told by e-mail.
attendance-own-write = Report a mistake in the record
attendance-own-write-text = If the record is wrong, tell us. The secretariat looks into it and answers by e-mail.
attendance-own-body = What is wrong
attendance-own-hint = When you took part, the name you used in the meeting, your device. Up to 1,000 characters.
attendance-own-empty = Write up to 1,000 characters
attendance-own-waits = We are looking into what you wrote before. Please wait for the answer
attendance-own-send = Send this
attendance-own-received = We have received what you wrote. An e-mail confirms it.
attendance-own-said = What you wrote
attendance-own-waiting = The secretariat is looking into it.
attendance-own-back = Back to the application

## Answering
attendance-objections-title = Reported mistakes in attendance
attendance-objections-lead = What applicants wrote about their attendance, the oldest first.
attendance-objections-waiting = Waiting
attendance-objections-answered = Answered
attendance-objections-shown = { $n ->
    [one] { $n } report
   *[other] { $n } reports
}
attendance-objections-none = Nothing was reported
attendance-objections-none-text = What applicants report about their attendance appears here.
attendance-objection-title = Reported mistake in attendance
attendance-column-session = Training
attendance-column-said = What they wrote
attendance-column-at = Received
attendance-answer = Answer of the secretariat
attendance-answer-mark = The record
attendance-answer-present = Mark as present
attendance-answer-absent = Mark as absent
attendance-answer-stays = Leave it as it is
attendance-answer-text = Answer
attendance-answer-hint = It arrives by e-mail as it stands here. Up to 1,000 characters.
attendance-answer-empty = Write an answer of up to 1,000 characters
attendance-answer-look = See the e-mail
attendance-answer-check = This e-mail will be sent. It has not been sent yet.
attendance-answer-subject = Subject
attendance-answer-then-mark = The record becomes: { $word }.
attendance-answer-then-nothing = The record stays as it is.
attendance-answer-send = Send this answer
attendance-answer-change = Change it

## Home of the secretariat
attendance-waits-objections = Reported mistakes in attendance
attendance-waits-unclosed = Sessions that ended and whose attendance is not closed

## Mails
attendance-mail-decided-subject = [{ $word }] Your attendance: { $course }, { $nth } ({ $day })
attendance-mail-received-subject = We received your report about attendance: { $course }, { $nth } ({ $day })
attendance-mail-answered-subject = Our answer about your attendance: { $course }, { $nth } ({ $day })
office-mail-attendance-decided = Result of attendance
office-mail-attendance-objection-received = Report received
office-mail-attendance-answered = Answer to a report

## Audit trail
office-act-attendance-imported = Brought in a participant file
office-act-attendance-withdrawn = Withdrew a participant file
office-act-attendance-settled = Decided whose a participant is
office-act-attendance-marked = Decided attendance by hand
office-act-attendance-unmarked = Took a decision by hand back
office-act-attendance-rule-set = Set the rule of attendance
office-act-attendance-rule-corrected = Corrected the rule of attendance
office-act-attendance-closed = Closed attendance
office-act-attendance-reopened = Opened attendance for review
office-act-attendance-decided = Attendance decided
office-act-attendance-completed = Training completed
office-act-attendance-no-longer-completed = Completion taken back
office-act-attendance-objected = Reported a mistake in attendance
office-act-attendance-answered = Answered a report
