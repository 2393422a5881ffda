## Past letters
letters-title = Past official letters
letters-lead = Letters on the trainings and on cybersecurity that reached medical institutions from the ministry through associations, in the order in which they were passed on.
letters-chains = By way of
letters-chain-medical = Medical associations
letters-chain-dental = Dental associations
letters-none = No letters yet
letters-none-text = They will be listed here once they are entered.
letters-from = From
letters-to = To
letters-passes-on = Passes on
letters-follows = Follows
letters-lost = We do not have the text. It is listed since a later letter refers to it.
letters-more = Details
letters-asks = Asks for
letters-attachments = Enclosures
letters-seal = Seal
letters-handling = Handling
letters-phone = Tel.
letters-extension = ext.
letters-as-of = As of { $month }. Not where to ask today.
letters-note = Dates and contacts in the letters are those of their time.

## Rules and guidelines
letters-rules-title = Rules and guidelines
letters-rules-lead = The government's rules and guidelines on cybersecurity in medical institutions. Where a newer edition exists, we say so.
letters-kinds = Kinds
letters-rules-none = No documents yet
letters-rules-none-text = They will be listed here once they are entered.
letters-effective = in force from { $day }
letters-superseded = Replaced on { $day } by
letters-parts = Contents
letters-outside = Opens the ministry's site (in Japanese)
letters-rules-note = The links lead to the ministry's site, where addresses may change.
