## Planned changes
plans-title = Planned changes
plans-one = Plan
plans-lead = A change of the trainings is planned, approved by somebody else, and then published.
plans-lead-year = Plans for { $year }.
plans-all-years = See all years
plans-new = Plan a change
plans-stages = Filter by stage
plans-none = There are no plans yet
plans-none-text = Copy a year or change several sessions, and the plan will be listed here.
plans-none-found = No plan matches
plans-none-found-text = Take the stage or the year away.
plans-show-all = Show all
plans-column-what = Plan
plans-column-stage = Stage
plans-column-saved = Last saved
plans-waits-requested = Planned changes waiting for approval
plans-waits-approved = Planned changes waiting to be published

## Kinds and titles
plans-kind-clone = Copy of a year
plans-kind-new = New year
plans-kind-course = Change of a training
plans-kind-bulk = Change of several sessions
plans-kind-restore = Undoing a change
plans-title-clone = Make the trainings of { $year } from { $from }
plans-title-new = Make the trainings of { $year } from nothing
plans-title-course = { $year }: change { $course }
plans-title-bulk = { $year }: change { $n } sessions together
plans-title-restore = { $year }: undo a change

## Stages
plans-stage-draft = Draft
plans-stage-requested = Under review
plans-stage-approved = Approved
plans-stage-published = Published
plans-stage-abandoned = Given up
plans-step-saved = Saved
plans-step-requested = Review requested
plans-step-returned = Given back
plans-step-approved = Approved
plans-step-published = Published
plans-step-abandoned = Given up

## Beginning a plan
plans-new-lead = A plan is a draft. No public page changes until somebody else has approved it and it is published.
plans-way-clone = Copy a year
plans-way-clone-text = Dates move by whole weeks, so that weekdays stay. A session on a holiday goes to a later week. Each session can be edited before anything is made.
plans-way-clone-button = Plan the copy
plans-way-course = Change a training
plans-way-course-text = Texts, format, fee, audience and notes of a training of { $year }.
plans-way-course-button = Change this training
plans-way-bulk = Change several sessions together
plans-way-bulk-text = Dates, opening and closing, seats and “tentative” of the sessions of { $year } that you choose.
plans-way-bulk-button = Choose sessions
plans-way-new = Start with an empty year
plans-way-new-text = Only the trainings are listed; you add the sessions one by one.
plans-way-new-button = Plan the new year
plans-from = Year to copy
plans-to = Year to make
plans-which-course = Training to change
plans-which-courses = Trainings to hold
plans-choose-courses = Choose at least one training.
plans-begin-unknown = The plan was not made. Please choose the year and the training again.

## Several sessions
plans-bulk = Change several sessions together
plans-bulk-lead = Fill in only what changes; what is empty stays as it is. The next page shows every session before and after.
plans-bulk-none = No session can be changed
plans-bulk-none-text = All sessions of this year have begun or were called off.
plans-bulk-which = Sessions to change
plans-bulk-shift = Move the dates
plans-bulk-shift-hint = To move them earlier, write “-1”.
plans-bulk-weeks = Weeks
plans-bulk-days = Days
plans-bulk-windows = Move opening and deadline by the same time
plans-bulk-when-hint = A date or a number of days before, and a time. Example: 6 days before, 13:00
plans-bulk-before = Days before the session
plans-bulk-places-hint = More seats go to those on the waiting list first.
plans-bulk-no-limit = No limit of seats
plans-bulk-kept = As it is
plans-bulk-button = Plan the change
plans-bulk-choose = Choose the sessions to change
plans-bulk-what = Fill in at least one thing to change
plans-bulk-nothing = These sessions are like this already. Please fill in what is to change

## One plan
plans-not-done = That was not done
plans-changed = The plan or its stage has changed since you opened the page. This is how it stands now. Please look at it and try again.
plans-meanwhile = Something that this plan changes was changed by somebody else after the plan was made. Nothing was published. Look at what has changed below, and correct the plan.
plans-wrong = Something in the plan keeps it from being published. Nothing was published. Correct what is shown below and have it approved again.
plans-nothing = Nothing would change, so nothing was published. Change something in the plan, or give it up.
plans-errors = It cannot be published like this
plans-refresh = Bring the plan up to date
plans-refresh-text = What this plan changes stays; everything else becomes what it is now.
plans-column-day = Date
plans-column-window = Applications
plans-pattern = Before: { $was }
plans-no-pattern = none (added)
plans-left-out = Left out
plans-no-change = Nothing is changed yet. Press “Edit”.
plans-edit = Edit
plans-edit-course = Change the training
plans-add-session = Add a session
plans-add-course = Add { $course }
plans-missing = Trainings that this year does not have yet
plans-will = When it is published
plans-will-tell = { $n ->
    [one] One applicant is told of a new date by e-mail.
   *[other] { $n } applicants are told of a new date by e-mail.
}
plans-will-tell-nobody = Nobody has to be told of a new date.
plans-will-promote = { $n ->
    [one] One person on the waiting list gets a seat and an e-mail.
   *[other] { $n } people on the waiting list get a seat and an e-mail.
}
plans-will-make = { $n ->
    [one] One session is made.
   *[other] { $n } sessions are made.
}
plans-will-change = { $n ->
    [one] One thing changes.
   *[other] { $n } things change.
}
plans-will-reach = { $n ->
    [one] One person has applied for the sessions that change.
   *[other] { $n } people have applied for the sessions that change.
}
plans-will-open = { $n ->
    [one] Applications open at once for one session.
   *[other] Applications open at once for { $n } sessions.
}
plans-will-pages = Public pages that change:{" "}
plans-next = What to do next
plans-way = Record up to publication
plans-note = A word to the reviewer
plans-note-hint = If there is something to look at in particular.
plans-request = Request a review
plans-mend-first = Correct what keeps it from being published; then you can request a review.
plans-own = You wrote this plan, or asked for its review. Somebody else reviews and approves it.
plans-approve = Approve
plans-approve-text = Approve it if it may be published exactly as shown.
plans-alone = By the settings, one person may approve alone. When there are two of you, set “Approval by somebody other than the writer” back to “Needed” in the settings.
plans-return = Give back
plans-why = What to correct
plans-why-hint = So that whoever wrote it understands.
plans-publish-text = It is approved. You will be asked once more before it is published.
plans-waits = It is approved, and waits for the secretariat to publish it.
plans-to-publish = Go on to publish
plans-publish-title = Publish?
plans-publish = Publish
plans-publish-record = Who published it, and when, is recorded.
plans-restore = Plan to undo this
plans-restore-text = Within 30 days of publication you can plan to go back to what it was. That plan is approved and published, too.
plans-restores = The earlier plan that this one undoes
plans-restored-by = There is a plan to undo this change
plans-restored-already = What this plan changed is as it was before already.
plans-not-taken-back = This plan cannot be undone: it was published more than 30 days ago, or it made a year. Change or call off the sessions of that year one by one.
plans-abandon = Give the plan up
plans-abandon-text = A plan that was given up cannot be continued. No public page changes.
plans-done-begun = The plan is made. Nothing is published yet
plans-done-saved = The draft is saved
plans-done-added = Added to the plan
plans-done-requested = A review was requested
plans-done-returned = Given back
plans-done-approved = Approved
plans-done-published = Published.
plans-done-abandoned = The plan was given up
plans-done-refreshed = The plan is up to date. Please look at it again

## Mending
plans-save = Save the draft
plans-leave-out = Leave this session out
plans-leave-out-text = It stays in the plan, but publishing does nothing to it. You can take it back in.
plans-leave-out-course = Leave this training out
plans-leave-out-course-text = Its sessions are left out with it.
plans-lecturers = Lecturers
plans-lecturers-hint = Names and where they work, up to 200 characters.
plans-lecturers-show = Show the lecturers on the public page
plans-lecturers-show-text = Only once they have agreed. Until then only the secretariat sees them.
plans-lecturers-shown = Lecturers on the public page
plans-lecturers-are-shown = Shown
plans-lecturers-are-hidden = Not shown
plans-lecturers-not-public = { $names } (not public)
plans-lecturers-edit = Enter or change the lecturers
plans-lecturers-save = Save the lecturers
plans-done-lecturers = The lecturers are saved.
plans-course-name = Name of the training
plans-course-format = Format
plans-course-fee = Fee (yen)
plans-course-fee-hint = 0 or empty means free of charge.
plans-fee-free = Free of charge
plans-course-own = Words for this training only
plans-course-own-text = Where a field is empty, the usual words for its audience are shown.
plans-words-usual = The usual words
plans-course-lead-ja = Description (Japanese)
plans-course-lead-en = Description (English)
plans-course-audience-ja = Audience (Japanese)
plans-course-audience-en = Audience (English)
plans-course-note-ja = Before applying (Japanese)
plans-course-note-en = Before applying (English)
plans-course-note-hint = One to a line; they are shown as a list.
plans-course-printed = Words as printed
plans-course-opens = When applications open
plans-course-opens-hint = As printed, in Japanese.
plans-course-rules = Rules for taking part
plans-course-rules-hint = One a line; shown on the training's page under “As printed (Japanese)”, exactly as written.
plans-format-interchangeable = All sessions have the same content
plans-format-interchangeable-text = People choose the one that suits them.
plans-format-series = Each session is different
plans-format-series-text = People attend as many as they can.
plans-format-unknown = Not said
plans-format-unknown-text = The public page says nothing about it.

## What to look at
plans-error-year = { $day } is not in { $year }. Change the date
plans-error-ends = It ends before it starts. Change the time
plans-error-closes-late = The deadline is after the start. Change the deadline
plans-error-closes-before = The deadline is before the opening. Change one of them
plans-error-taken = { $n ->
    [one] One seat is taken already. Allow at least 1
   *[other] { $n } seats are taken already. Allow at least { $n }
}
plans-error-waiting = { $n ->
    [one] One person is waiting already. Allow at least 1
   *[other] { $n } people are waiting already. Allow at least { $n }
}
plans-error-day = People have applied, so it needs a date
plans-error-number = Another session of this training has the same number
plans-error-gone = It was called off or removed after the plan was made. Leave it out of the plan
plans-error-changed = It was changed after the plan was made
plans-care-same-hour = { $other } is held at the same time.
plans-care-past = The day is over.
plans-error-range = Write a number from { $least } to { $most }
plans-error-limit = Either a number or “no limit”
plans-error-when = Either a date or a number of days before
plans-error-name = Write a name of up to 100 characters
plans-error-format = Choose a format
plans-error-fee = Write a fee from 0 to 1,000,000
plans-error-long = Up to 1,000 characters
plans-error-lecturers = Up to 200 characters

## History
plans-history = History of the trainings of { $year }
plans-to-history = See the history
