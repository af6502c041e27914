-- Whether somebody is taken at one instant is asked of a dozen people at once, and there the constraint's index is slow: on the way
-- down it compares each entry of each page, which cost 7 µs a person, and this one 1. As a meeting is a day long at most, what
-- is going on at some time ends within a day after it.
create index commitments_until_idx on scheduling.commitments (person_id, upper(during));
