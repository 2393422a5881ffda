desk-keys-title = Keys of cases
desk-keys-lead = What a case holds is sealed. It opens only in the browser of somebody who has the key of the duty group; the server has no key that opens it.
desk-keys-wait = There is something for the lead to do about the keys of cases.
desk-keys-needs = For the lead to do
desk-keys-need-first = The duty group has no key yet. Until it has one, nobody of the desk can read what comes in.
desk-keys-need-first-do = Make the first key
desk-keys-need-leaver = Somebody whose role has ended or is suspended still has the present key. No page opens to them any more; please renew the key.
desk-keys-need-leaver-do = Renew the key
desk-keys-need-joiner = Somebody has made a key of their own and waits for the group's. Once it is renewed, they can read cases too.
desk-keys-need-joiner-do = Renew the key
desk-keys-need-rewrap =
    { $n ->
        [one] One case still has the former key, or does not open with the emergency key yet.
       *[other] { $n } cases still have the former key, or do not open with the emergency key yet.
    }
desk-keys-need-rewrap-do = Change the keys of cases
desk-keys-need-glass = There is no emergency key yet. If everybody loses their key, cases can never be read again.
desk-keys-need-glass-do = Make the emergency key
desk-keys-now = State
desk-keys-none = None yet
desk-keys-made = { $at }, by { $by }
desk-keys-made-label = Made
desk-keys-epoch = Period { $n }
desk-keys-done-mine = Your key is saved. You can read cases once the lead has renewed the group's key.
desk-keys-done-epoch = The group's key was renewed and the cases' keys changed. The former key is destroyed once somebody else on duty has seen that the new one opens them.
desk-keys-done-proofs = The new key opens the cases. Where that is settled, the former key was destroyed.
desk-keys-done-glass = The emergency key is made. Please use “Change the keys of cases”, so that cases that are there already open with it too.
desk-keys-done-emergency = The case opens with the present key of the duty group again; what opened it before still does. That it was done stands in the case and in the record of the day.
desk-keys-mine-h = Your key
desk-keys-mine-lead = Opened by a passphrase or a passkey until this tab is closed, for eight hours at most.
desk-keys-mine = Make my key
desk-keys-mine-change = Change how it opens
desk-keys-mine-text = A key of your own to read cases. It is made on this device, and wrapped by a passphrase or a passkey before it is saved.
desk-keys-mine-there = You have a key already
desk-keys-mine-replaces = If you make another, the former one stops working. You cannot read cases until the lead has renewed the group's key.
desk-keys-mine-note = The passphrase is never sent to the server. If you forget it, make another key here. As long as others have theirs, no case is lost.
desk-keys-passphrase = Passphrase of the key
desk-keys-passphrase-new = Passphrase of the key
desk-keys-passphrase-hint = At least 15 characters. Some five words that have nothing to do with each other are easy to remember and hard to guess. Not the one that you sign in with.
desk-keys-passphrase-again = Once more
desk-keys-make = Make a key with a passphrase
desk-keys-make-passkey = Make a key with a passkey
desk-keys-short = Please use at least 15 characters.
desk-keys-differs = The two passphrases differ. Please type them again.
desk-keys-working = Working out the key. This takes some seconds…
desk-keys-wrong = It did not open. Please check the passphrase.
desk-keys-no-passkey = This passkey cannot make a key. Please use a passphrase.
desk-keys-no-epoch = Your key is open. The group's key reaches you when the lead renews it.
desk-keys-trouble = That did not work. Nothing was changed. Please load the page again and retry.
desk-keys-unreadable = (does not open with this key)
desk-keys-script = Please allow JavaScript to open what is sealed. It opens on this device, never on the server.
desk-keys-lock = Seal
desk-keys-lock-locked = What this page holds is sealed. Please open it with your key.
desk-keys-lock-open = Opened. It closes again with this tab.
desk-keys-lock-none = To read it you need a key of your own.
desk-keys-unlock = Open
desk-keys-unlock-passkey = Open with a passkey
desk-keys-unlock-first = Please open your own key above first.
desk-keys-close = Close the seal
desk-keys-group-h = Key of the duty group
desk-keys-group-lead = Renewed whenever somebody joins or leaves. The former key is destroyed once the cases' keys are changed and somebody else on duty has seen that the new one opens them.
desk-keys-holders = Who has the key
desk-keys-column-who = Who
desk-keys-column-standing = State
desk-keys-column-case = Case
desk-keys-column-at = When
desk-keys-column-became = Outcome
desk-keys-column-root = Record of the day
desk-keys-member-holds = Has it
desk-keys-member-waits = Waits for it to be renewed
desk-keys-member-none = Has no key of their own yet
desk-keys-member-left = Role ended; the key must be renewed
desk-keys-proofs-h = Check of new keys
desk-keys-unproven =
    { $n ->
        [one] One key of a case was changed and not yet checked by anybody else.
       *[other] { $n } keys of cases were changed and not yet checked by anybody else.
    }
desk-keys-proofs-why = Somebody on duty other than the one who changed a key checks on their own device that it opens the case. Until then the former key stays. Where one person alone is on duty, it is destroyed after 30 days.
desk-keys-proofs-do =
    { $n ->
        [one] Check on this device that it opens
       *[other] Check on this device that all { $n } open
    }
desk-keys-proofs-others = It was you who changed them. Please ask somebody else on duty to check them on this page.
desk-keys-proofs-wait = Keys of cases were changed. Please check on your device, too, that they open.
desk-keys-proofs-failed = Some cases did not open. The former key is still there, so no case is lost. Please tell the lead to use “Change the keys of cases” again.
desk-keys-proofs-trouble = The check did not come to its end. The former key is still there. Please load the page again and retry.
desk-keys-proving = Checking that they open. Please do not close this page…
desk-keys-reads = What the server can and cannot read
desk-keys-can = What it can always read
desk-keys-can-1 = The number of a case, whether it is a drill, its urgency and stage, and the answers to the six points that they follow from
desk-keys-can-2 = Its phase from detection to aftermath, who took it and when, times and deadlines
desk-keys-can-3 = The prefecture and the kind of institution
desk-keys-can-4 = How many entries and files there are (of their length, only the order of magnitude)
desk-keys-cannot = What it cannot read once it is stored
desk-keys-cannot-1 = The name of the institution, contacts, names of people
desk-keys-cannot-2 = What was written: answers, messages, notes, decisions and their reasons
desk-keys-cannot-3 = Names, contents and exact sizes of files
desk-keys-cannot-4 = Nor does a stolen database, disk or backup tell any of it
desk-keys-limit = What cannot be promised
desk-keys-limit-1 = In the moment in which something is sent, it stands in the server's memory. It is sealed before it is stored, and wiped from memory.
desk-keys-limit-2 = When an institution comes back with its number and words, the server opens the seal for as long as it takes to show the page.
desk-keys-limit-3 = Addresses of notices can be read by the server, since it has to send to them.
desk-keys-limit-4 = A server that was taken over can send a false page.
desk-keys-limit-5 = Printed receipts, written-down words and the sheets of the emergency key are secrets themselves.
desk-keys-glass-h = Emergency key
desk-keys-glass-lead = For the day on which everybody on duty has lost their key. It is split onto three sheets kept by three bodies. Two open it; one alone tells nothing.
desk-keys-glass-make = Make the emergency key
desk-keys-glass-text = Makes the emergency key on this device and prints it in three shares. The key itself is stored nowhere.
desk-keys-glass-before = There is a key made on { $at }. After a new one is made, the cases' keys are changed and somebody else on duty has checked them, those sheets open nothing.
desk-keys-glass-step-1 = Have a printer ready, and see that nobody else sees the screen.
desk-keys-glass-step-2 = Make the key and print the three sheets. They are shown only once.
desk-keys-glass-step-3 = Put each into an envelope and give them to three bodies: the ministry, the contractor, the auditor. Never two to one person.
desk-keys-glass-do = Make it and show the three sheets
desk-keys-shares-once = These three sheets can never be shown again
desk-keys-shares-print = Please do not close this page before they are printed.
desk-keys-print = Print the three sheets
desk-keys-printed = Printed and checked
desk-keys-share = Emergency key, sheet { $n } of 3
desk-keys-share-for = Kept by: ____________________
desk-keys-share-text = Made on { $day }. The 28 words are typed in this order. Without a second sheet they open nothing. Take no picture of it, and keep it locked away.
desk-keys-uses = Uses of the emergency key
desk-keys-uses-none = It was never used.
desk-keys-use-opened = Opened
desk-keys-use-asked = Only the reason was recorded
desk-keys-root-tomorrow = Fixed at midnight
desk-keys-emergency = Open with the emergency key
desk-keys-emergency-text = Makes a case readable with two sheets when the duty group's key does not open it.
desk-keys-emergency-shows = The reason is recorded in the case before any words are typed. It cannot be removed, and is part of the record of the day.
desk-keys-number = Number of the case
desk-keys-number-hint = Such as 2026-000123-8
desk-keys-number-wrong = Please check the number: it has eleven digits, and the last checks the others.
desk-keys-number-none = There is no case with this number.
desk-keys-number-no-way = The emergency key does not open this case: it was deleted, or is older than the key.
desk-keys-number-no-epoch = Please make the duty group's key first; an opened case becomes readable with it.
desk-keys-number-open = This case is not closed yet. Please close it before deleting it.
desk-keys-number-gone = This case was deleted already.
desk-keys-again = The number once more
desk-keys-again-wrong = The two numbers differ.
desk-keys-reason = Reason
desk-keys-reason-hint = Why it is opened, and at whose request.
desk-keys-reason-missing = Please give a reason.
desk-keys-emergency-do = Record the reason and type the words
desk-keys-shares = Words of two sheets
desk-keys-shares-text = Opens case { $number }. Please type the words of two sheets within 30 minutes.
desk-keys-share-first = Words of one sheet
desk-keys-share-second = Words of another sheet
desk-keys-share-hint = 28 words in hiragana or katakana, with spaces or line breaks between them.
desk-keys-share-unknown = Word { "{n}" } is not in the list. Please look at the sheet again.
desk-keys-share-count = A sheet has 28 words. Some are missing, or there are too many.
desk-keys-share-check = One of the words is another word, or they stand in another order.
desk-keys-share-same = Both are the same sheet. Please type another one.
desk-keys-share-other = These two do not open it. One of them was made at another time.
desk-keys-shares-do = Open the case
desk-keys-renew = Renew the group's key
desk-keys-renew-text = Makes a new key on this device, gives it to the people below, and changes the keys of all cases. The former key stays until somebody else on duty has seen that the new one opens them.
desk-keys-renew-holders =
    { $n ->
        [one] One person will have the new key
       *[other] { $n } people will have the new key
    }
desk-keys-renew-leavers = These lose the key
desk-keys-renew-keyless = These will not have it, since they have no key of their own yet
desk-keys-renew-keyless-text = Please renew it again once they have made theirs.
desk-keys-renew-left =
    { $n ->
        [one] The key of one case will be changed. Please do not close this page before that is done.
       *[other] The keys of { $n } cases will be changed. Please do not close this page before that is done.
    }
desk-keys-renew-do = Renew the key and change the cases' keys
desk-keys-renew-anyway = Renew the key all the same
desk-keys-rewrap-do = Change the keys of cases
desk-keys-renewing = Making the new key…
desk-keys-rewrapping = Changing the keys of cases. Please do not close this page…
desk-keys-renew-own-first = To make the group's key, please make a key of your own first.
desk-keys-stuck = The remaining cases do not open with your key. Please ask somebody who has the former key, or use the emergency key.
desk-keys-stop = Do nothing
desk-keys-refused-unsound = The key has not the right form. Nothing was changed. Please load the page again and retry.
desk-keys-refused-again = It is saved already. Please load the page again.
desk-keys-refused-roster = The people on duty or the key have changed meanwhile. Nothing was changed. Please load the page again and look once more.
desk-keys-refused-over = The time is over. Please begin again with the reason.
desk-keys-deletion = Delete a closed case
desk-keys-deletion-text = Destroys every key that opens the case. What stays in the database, in files and in backups can be read by nobody any more.
desk-keys-deletion-will = Nothing brings it back: neither the group's key nor the institution's words nor the emergency key will open it.
desk-keys-deletion-reason-hint = Such as: the time to keep it is over.
desk-keys-deletion-do = Destroy all keys of this case
desk-keys-certificate = Certificate of deletion
desk-keys-certificate-text = Every key that opened this case was destroyed.
desk-keys-deleted-at = Deleted
desk-keys-deleted-ways = Keys destroyed
desk-keys-deleted-entries = Entries
desk-keys-chain-end = Hash at the end of the chain
desk-keys-files = Files (SHA-256 of their sealed bytes)
desk-keys-files-none = There were no files.
desk-keys-file-partial = Arrived in part
