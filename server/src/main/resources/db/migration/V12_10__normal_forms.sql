-- What names, numbers and addresses are found by says in its first byte under which edition of the normal form it was made.
-- Without one, 32 bytes long, it is from before, and a job makes it anew: these indexes lead it to what is left.

CREATE INDEX household_address_of_old ON household (district_id, id) WHERE octet_length(address_index) = 32;
CREATE INDEX resident_name_of_old ON resident (district_id, id) WHERE octet_length(name_index) = 32;
CREATE INDEX resident_phone_of_old ON resident (district_id, id) WHERE octet_length(phone_index) = 32;
CREATE INDEX staff_name_of_old ON staff (district_id, id) WHERE octet_length(name_index) = 32;
