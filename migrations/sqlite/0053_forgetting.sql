-- What is over is found by an index when it is forgotten, however much of it there is.
CREATE INDEX jobs_done ON jobs (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX jobs_retired ON jobs (retired_at) WHERE retired_at IS NOT NULL;
CREATE INDEX sign_ins_by_end ON sign_ins (ends_at);
CREATE INDEX sign_ins_ended ON sign_ins (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX devices_by_age ON devices (seen_at);
CREATE INDEX invitations_by_end ON invitations (ends_at);
