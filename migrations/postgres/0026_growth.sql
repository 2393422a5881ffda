-- What grows with the people who come is found by an index, also where only the nightly work looks.
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX outbox_dropped ON outbox (dropped_at) WHERE dropped_at IS NOT NULL;
CREATE INDEX memberships_by_organization ON memberships (organization) WHERE organization IS NOT NULL;
