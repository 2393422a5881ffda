# Assignments

assign-title = Assigned courses
assign-of = Learning at { $organization }
assign-lead = Assign courses to your staff, and see how far they are. Whoever has not finished gets e-mails before and after the due date.
assign-all-title = Assigned courses
assign-all-lead = What is assigned at which institution, and how many have finished. The latest come first.
assign-all-none = Find an institution to assign a course there.
assign-organization = Institution
assign-find = Find an institution
assign-find-hint = By a part of its name, its code, or its postcode.
assign-find-button = Find
assign-find-none = Nothing was found. Please try again with a part of the name alone.
assign-none = Nothing is assigned yet
assign-none-text = Begin with “Assign”: choose a course and a due date.
assign-none-staff = First put the names and addresses of those who are to learn on the list of staff.
assign-new = Assign
assign-what = Course or path
assign-what-empty = Please choose what to assign.
assign-course-told = { $minutes }, open until { $day }
assign-path-told = { $minutes }: { $courses }
assign-then = {", then "}
assign-minutes = { $n ->
    [one] about { $n } minute
   *[other] about { $n } minutes
}
assign-minutes-label = Time it takes
assign-minutes-all = { $n ->
    [one] about { $n } minute in all
   *[other] about { $n } minutes in all
}
assign-courses = Courses
assign-whom = For whom
assign-whom-hint = Choose none for everybody on the list. Whoever joins the list before the due date gets it as well.
assign-everybody = Everybody
assign-between = {", "}
assign-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
assign-nobody = Nobody on the list has such a job. Choose another, or add people to the list.
assign-due-label = Due date
assign-due-column = Due
assign-due-hint = Such as 2026-12-20. It is to be finished by the end of that day.
assign-due-empty = We cannot read the due date. Please write it like 2026-12-20.
assign-due-past = The due date is past. Please choose a later day.
assign-due-closed = A course closes before the due date. Please choose a day while it is open.
assign-due = Due { $day }
assign-due-left = Due { $day } ({ $left })
assign-left-today = today
assign-left-days = { $n ->
    [one] { $n } day left
   *[other] { $n } days left
}
assign-left-over = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
}
assign-reason = Why
assign-reason-hint = Learners read this on their page and in e-mails, as you write it.
assign-reason-empty = Please say why.
assign-look = Check what happens
assign-check = This will be assigned
assign-will = “{ $title }” will be assigned to { $n ->
    [one] one person
   *[other] { $n } people
}. It is due on { $day }.
assign-will-mails = Whoever has not finished gets one e-mail each: now (at night, the next morning), 7 days and 1 day before the due date, and 1 day and 7 days after it.
assign-do = Assign, and send e-mails
assign-state = State
assign-state-open = Before the due date
assign-state-over = Past due
assign-state-done = All have finished
assign-state-ended = Withdrawn
assign-column-done = Finished
assign-column-open = Not finished
assign-column-waived = Let off
assign-column-beside = Day or reason
assign-of-people = { $n } of { $of }
assign-of-courses = { $n } of { $of } courses
assign-counts = { $people } people: { $done } finished, { $open } not finished, { $waived } let off
assign-gone = A course that is no longer open

assign-staff-title = List of staff
assign-staff-lead = Those who are to learn. Give the address with which they sign in to e-learning.
assign-staff-count = { $n ->
    [one] { $n } person on the list
   *[other] { $n } people on the list
}
assign-staff-none = The list is empty
assign-people-label = People to add
assign-people-hint = One person a line: name, e-mail address, job; or paste a table from Excel. Jobs are: New staff, Staff, Manager, Executive, System staff. Up to 300 people.
assign-people-empty = Please write whom to add.
assign-people-many = At most { $n } people can be added at once. Please paste them in parts.
assign-line = Line { $n }: { $what }
assign-line-no-address = we cannot read the e-mail address.
assign-line-no-name = there is no name.
assign-line-no-job = we do not know this job.
assign-line-twice = this address stands on an earlier line.
assign-job = Job
assign-job-label = Job for lines without one
assign-job-hint = Not needed if every line has a job.
assign-job-none = None
assign-job-newcomer = New staff
assign-job-clinical = Staff
assign-job-manager = Manager
assign-job-executive = Executive
assign-job-systems = System staff
assign-enrol = Add to the list
assign-name = Name
assign-email = E-mail address
assign-leave = Take off the list
assign-leave-column = Left
assign-people-title = Who has to
assign-sieve = Show
assign-sieve-all = Everybody
assign-sieve-open = Not finished
assign-sieve-done = Finished
assign-sieve-waived = Let off
assign-sieve-none = Nobody.
assign-standing-done = Finished
assign-standing-waived = Let off
assign-standing-late = Past due
assign-standing-begun = Begun
assign-standing-new = Not begun
assign-why-exempt = Does not concern their work
assign-why-known = Learned or tested elsewhere
assign-why-away = On leave
assign-why-other = Another reason
assign-why-empty = Please choose why.
assign-note-empty = For another reason, please say which.
assign-waive = Let off
assign-waive-column = Let off
assign-waive-why = Why
assign-waive-note = Note
assign-waive-do = Let off
assign-restore = Take back
assign-change = Move the due date, or withdraw
assign-move = Use this date
assign-end = Withdraw this assignment
assign-end-text = It disappears from learners' pages, and no more e-mails are sent. What was learned stays on record.
assign-is-ended = This assignment was withdrawn.
assign-xlsx = Save as Excel
assign-csv = Save as CSV
assign-watermark = How far learners are, as of { $day } { $time }. Contains personal data.
assign-done-assigned = Assigned
assign-done-waived = Let off
assign-done-restored = Taken back
assign-done-moved = The due date is moved
assign-done-ended = Withdrawn
assign-done-enrolled = Added to the list
assign-done-left = Taken off the list

assign-my = Assigned to you
assign-my-go = Begin

assign-mail-subject = To learn: { $title } ({ $left })
assign-mail-subject-several = To learn: { $title } and more ({ $n })
assign-mail-why = You get this e-mail because your workplace assigned you a course.
institutions-column-learning = E-learning
institutions-learning = Assigned courses
office-reason-exempt = Does not concern their work
office-reason-known = Learned or tested elsewhere
office-reason-away = On leave
