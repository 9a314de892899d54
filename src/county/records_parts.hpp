#pragma once

#include "county/records_row.hpp"

namespace tocsin::county {

// The further tables of a file of records: each row is a part of one record. What is wrong stands in the row's errors, and
// then the record is not to be used.

void takeStock(RowReader& row, model::Resource& record, const RecordImportOptions& options);
void takeCrew(RowReader& row, model::Resource& record, const RecordImportOptions& options);
void takeDuty(RowReader& row, model::Resource& record);
void takeOffer(RowReader& row, model::Resource& record, const RecordImportOptions& options);

} // namespace tocsin::county
