#include "tocsin/model/journal.hpp"
#include "tocsin/model/state.hpp"

// How the large things are made, copied and ended stands here alone: implicit, each would be compiled again in every source
// that holds one, which was a tenth of all that is compiled.

namespace tocsin::model {

Report::Report() = default;
Report::Report(const Report&) = default;
Report::Report(Report&&) noexcept = default;
Report& Report::operator=(const Report&) = default;
Report& Report::operator=(Report&&) noexcept = default;
Report::~Report() = default;

Resource::Resource() = default;
Resource::Resource(const Resource&) = default;
Resource::Resource(Resource&&) noexcept = default;
Resource& Resource::operator=(const Resource&) = default;
Resource& Resource::operator=(Resource&&) noexcept = default;
Resource::~Resource() = default;

WarningInfo::WarningInfo() = default;
WarningInfo::WarningInfo(const WarningInfo&) = default;
WarningInfo::WarningInfo(WarningInfo&&) noexcept = default;
WarningInfo& WarningInfo::operator=(const WarningInfo&) = default;
WarningInfo& WarningInfo::operator=(WarningInfo&&) noexcept = default;
WarningInfo::~WarningInfo() = default;

Warning::Warning() = default;
Warning::Warning(const Warning&) = default;
Warning::Warning(Warning&&) noexcept = default;
Warning& Warning::operator=(const Warning&) = default;
Warning& Warning::operator=(Warning&&) noexcept = default;
Warning::~Warning() = default;

Alarm::Alarm() = default;
Alarm::Alarm(const Alarm&) = default;
Alarm::Alarm(Alarm&&) noexcept = default;
Alarm& Alarm::operator=(const Alarm&) = default;
Alarm& Alarm::operator=(Alarm&&) noexcept = default;
Alarm::~Alarm() = default;

Decision::Decision() = default;
Decision::Decision(const Decision&) = default;
Decision::Decision(Decision&&) noexcept = default;
Decision& Decision::operator=(const Decision&) = default;
Decision& Decision::operator=(Decision&&) noexcept = default;
Decision::~Decision() = default;

Incident::Incident() = default;
Incident::Incident(const Incident&) = default;
Incident::Incident(Incident&&) noexcept = default;
Incident& Incident::operator=(const Incident&) = default;
Incident& Incident::operator=(Incident&&) noexcept = default;
Incident::~Incident() = default;

Assignment::Assignment() = default;
Assignment::Assignment(const Assignment&) = default;
Assignment::Assignment(Assignment&&) noexcept = default;
Assignment& Assignment::operator=(const Assignment&) = default;
Assignment& Assignment::operator=(Assignment&&) noexcept = default;
Assignment::~Assignment() = default;

State::State() = default;
State::State(const State&) = default;
State::State(State&&) noexcept = default;
State& State::operator=(const State&) = default;
State& State::operator=(State&&) noexcept = default;
State::~State() = default;

EntryDraft::EntryDraft() = default;
EntryDraft::EntryDraft(const EntryDraft&) = default;
EntryDraft::EntryDraft(EntryDraft&&) noexcept = default;
EntryDraft& EntryDraft::operator=(const EntryDraft&) = default;
EntryDraft& EntryDraft::operator=(EntryDraft&&) noexcept = default;
EntryDraft::~EntryDraft() = default;

Entry::Entry() = default;
Entry::Entry(const Entry&) = default;
Entry::Entry(Entry&&) noexcept = default;
Entry& Entry::operator=(const Entry&) = default;
Entry& Entry::operator=(Entry&&) noexcept = default;
Entry::~Entry() = default;

} // namespace tocsin::model
