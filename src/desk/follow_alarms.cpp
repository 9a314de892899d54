#include "desk/follow_alarms.hpp"

#include "tocsin/base/clip.hpp"
#include "tocsin/base/seconds.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/desk/follow.hpp"
#include "tocsin/model/crew_hours.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace tocsin::desk {

namespace {

using model::AssignmentState;

/// Where a request for mutual aid does not say by when it is needed.
constexpr auto aidAnsweredWithin = std::chrono::hours(1);
constexpr auto aidHereWithin = std::chrono::hours(6);

std::int64_t minutes(base::Duration time) {
    return std::chrono::duration_cast<std::chrono::minutes>(time).count();
}

/// What all alarms about what was sent and promised have in common; most are that nothing is heard.
model::Alarm followAlarm(std::string_view rule, std::string source, model::Grade severity, base::Time since) {
    model::Alarm alarm;
    alarm.kind = model::AlarmKind::silence;
    alarm.rule = rule;
    alarm.source = std::move(source);
    alarm.hazard = "dispatch";
    alarm.hazardClass = model::HazardClass::accident;
    alarm.severity = severity;
    alarm.sinceTime = since;
    return alarm;
}

class Finder {
  public:
    Finder(const model::State& state, const std::map<model::UnitId, UnitNow>& units, const DispatchRules& rules,
           base::Time now)
        : m_state(state), m_rules(rules), m_now(now), m_heard(lastHeard(state, units)) {}

    std::vector<model::Alarm> find() {
        const auto bound = model::hoursBound(m_state, m_now);
        std::map<model::ResourceId, const model::Assignment*> running;
        for (const auto& [id, one] : m_state.assignments) {
            if (one.state == AssignmentState::released)
                continue;
            if (one.purpose == model::Purpose::shelter) { // goes nowhere, but somebody must open it
                judgeShelter(one);
                continue;
            }
            running[one.resource] = &one;
            judge(one);
        }
        for (const auto& [id, one] : running) {
            if (const auto known = bound.find(id); known != bound.end())
                judgeHours(*one, known->second);
        }
        for (const auto& [id, decision] : m_state.decisions) {
            if (const auto due = approvalDue(decision, m_rules); due && m_now > *due)
                judge(decision);
        }
        for (const auto& [id, list] : m_state.callDowns) {
            if (list.state == model::CallDownState::exhausted)
                judge(list);
        }
        for (const auto& [id, request] : m_state.aidRequests) {
            if (const auto due = aidDue(request); due && m_now > *due)
                judge(request, *due);
        }
        return std::move(m_found);
    }

  private:
    model::Alarm about(std::string_view rule, const model::Assignment& one, model::Grade severity,
                       base::Time since) const {
        auto alarm = followAlarm(rule, "assignment:" + one.id.toString(), severity, since);
        alarm.unit = "min";
        if (const auto resource = m_state.resources.find(one.resource); resource != m_state.resources.end()) {
            alarm.position = resource->second.position;
            alarm.place = resource->second.place;
        }
        if (m_state.incidents.contains(one.incident))
            alarm.incident = one.incident;
        return alarm;
    }
    /// A graver incident's team is missed the more.
    model::Grade severityOf(const model::Assignment& one) const {
        const auto incident = m_state.incidents.find(one.incident);
        const bool grave = incident != m_state.incidents.end() && incident->second.grade <= model::Grade::II;
        return grave ? model::Grade::II : model::Grade::III;
    }
    base::LocalText nameOf(model::ResourceId id) const {
        const auto resource = m_state.resources.find(id);
        return resource == m_state.resources.end() ? base::LocalText("?") : resource->second.name;
    }

    /// Nobody goes before the word is given: whoever can give it is called, also where he looks at something else.
    void judge(const model::Decision& decision) {
        auto alarm = followAlarm(follow::decisionWaits, "decision:" + decision.id.toString(), model::Grade::II, decision.at);
        alarm.kind = model::AlarmKind::process;
        alarm.unit = "min";
        alarm.threshold = static_cast<double>(minutes(m_rules.approveWithin));
        alarm.value = static_cast<double>(minutes(m_now - decision.at));
        std::string number = "?";
        if (const auto incident = m_state.incidents.find(decision.incident); incident != m_state.incidents.end()) {
            number = incident->second.number;
            alarm.incident = decision.incident;
            alarm.position = incident->second.position;
            alarm.place = incident->second.place;
        }
        const bool named = !m_state.desk.leader.empty();
        const auto leader = named ? m_state.desk.leader : std::string("a leader");
        const auto lines = std::to_string(decision.lines.size());
        alarm.title.text = "Waits for " + leader + "'s word: plan of " + decision.by + " for incident " +
                           number + ", " + lines + " to be sent";
        alarm.title.translations["zh_CN"] = "待 " + (named ? leader : std::string("带班领导")) + " 批准：" + decision.by + " 为事件 " +
                                            number + " 拟定的方案，待派 " + lines + " 项";
        alarm.guidance.text = "Call the leader: F12, Decisions, approves or refuses it; whoever proposed it can take it back";
        alarm.guidance.translations["zh_CN"] = "请呼叫带班领导：按 F12，在“决定”页批准或否决；拟定人可自行撤回";
        m_found.push_back(std::move(alarm));
    }
    void judgeShelter(const model::Assignment& one) {
        const auto due = acceptanceDue(one, m_rules);
        if (!due || m_now <= *due)
            return;
        const auto name = nameOf(one.resource);
        auto alarm = about(follow::unaccepted, one, severityOf(one), *one.notifiedAt);
        const auto span = std::to_string(minutes(m_rules.acceptWithin));
        alarm.title.text = "Nobody has said that it is open: " + name.text + ", order " + one.order + " for " + span + " min";
        alarm.title.translations["zh_CN"] = "无人确认已开放：" + name.in("zh_CN") + "，任务单 " + one.order + "，已过 " + span + " 分钟";
        alarm.guidance.text = "Call the shelter's keeper; if nobody opens it, send the people to another";
        alarm.guidance.translations["zh_CN"] = "呼叫避难场所负责人；若无人开放，将人员改派至其他场所";
        alarm.threshold = static_cast<double>(minutes(m_rules.acceptWithin));
        alarm.value = static_cast<double>(minutes(m_now - *one.notifiedAt));
        m_found.push_back(std::move(alarm));
    }
    void judge(const model::Assignment& one) {
        const auto name = nameOf(one.resource);
        const auto& chinese = name.in("zh_CN");
        if (const auto due = acceptanceDue(one, m_rules); due && m_now > *due) {
            auto alarm = about(follow::unaccepted, one, severityOf(one), *one.notifiedAt);
            const auto span = std::to_string(minutes(m_rules.acceptWithin));
            alarm.title.text = "Not accepted: " + name.text + ", order " + one.order + " for " + span + " min";
            alarm.title.translations["zh_CN"] = "未接受调派：" + chinese + "，任务单 " + one.order + "，已过 " + span + " 分钟";
            alarm.guidance.text = "Call the team; if it does not answer, send the second choice";
            alarm.guidance.translations["zh_CN"] = "呼叫该队伍；无应答则派出次选队伍";
            alarm.threshold = static_cast<double>(minutes(m_rules.acceptWithin));
            alarm.value = static_cast<double>(minutes(m_now - *one.notifiedAt));
            m_found.push_back(std::move(alarm));
        }
        if (const auto due = departureDue(one, m_rules); due && m_now > *due) {
            const auto since = one.acceptedAt.value_or(*due);
            auto alarm = about(follow::notDeparted, one, severityOf(one), *due);
            alarm.title.text = "Has not set out: " + name.text + ", order " + one.order + " accepted";
            alarm.title.translations["zh_CN"] = "未出发：" + chinese + "，已接受任务单 " + one.order;
            alarm.guidance.text = "Call the team: what keeps it? If it cannot set out, send the second choice";
            alarm.guidance.translations["zh_CN"] = "呼叫该队伍：何故未出发？如不能出发，派出次选队伍";
            alarm.threshold = static_cast<double>(minutes(m_rules.departWithin));
            alarm.value = static_cast<double>(minutes(m_now - since));
            m_found.push_back(std::move(alarm));
        }
        if (const auto due = arrivalDue(one, m_rules); due && m_now > *due) {
            auto alarm = about(follow::overdue, one, severityOf(one), *due);
            alarm.title.text = "Overdue: " + name.text + ", order " + one.order;
            alarm.title.translations["zh_CN"] = "逾期未到：" + chinese + "，任务单 " + one.order;
            alarm.guidance.text = "Call the team: has it arrived, or is the road closed?";
            alarm.guidance.translations["zh_CN"] = "呼叫该队伍：是否已到达，或道路受阻？";
            alarm.threshold = std::round(longestWay(one).value / 60);
            alarm.value = static_cast<double>(minutes(m_now - *one.departedAt));
            m_found.push_back(std::move(alarm));
        }
        if (one.blocked && model::isOnItsWay(one))
            judgeWay(one, *one.blocked);
        const auto heard = m_heard.find(one.resource);
        const auto due = signDue(one, heard == m_heard.end() ? std::nullopt : std::optional(heard->second), m_rules, m_now);
        if (due && m_now > *due) {
            auto alarm = about(follow::silent, one, severityOf(one), *due);
            const auto span = std::to_string(minutes(m_rules.rollCall));
            alarm.title.text = "Silent in the field: " + name.text + ", no word for " + span + " min";
            alarm.title.translations["zh_CN"] = "现场失联：" + chinese + "，已 " + span + " 分钟无消息";
            alarm.guidance.text = "Roll call: call the team by radio; if it does not answer, search for it";
            alarm.guidance.translations["zh_CN"] = "点名：用电台呼叫该队伍；无应答则组织搜寻";
            alarm.threshold = static_cast<double>(minutes(m_rules.rollCall));
            alarm.value = static_cast<double>(minutes(m_now - *due + m_rules.rollCall));
            m_found.push_back(std::move(alarm));
        }
    }

    void judgeWay(const model::Assignment& one, const model::BlockedWay& blocked) {
        auto alarm = about(follow::wayBlocked, one, severityOf(one), blocked.since);
        alarm.kind = model::AlarmKind::process;
        alarm.unit.clear();
        base::LocalText what("a closed road");
        what.translations["zh_CN"] = "封闭道路";
        if (!blocked.road.empty())
            what = blocked.road;
        if (const auto closure = m_state.drawings.find(blocked.closure); closure != m_state.drawings.end()) {
            if (!closure->second.line.empty())
                alarm.position = closure->second.line.front();
            if (!closure->second.name.empty()) {
                what = closure->second.name;
                if (!blocked.road.empty()) {
                    for (auto& [language, text] : what.translations)
                        text += language.starts_with("zh") ? "（" + blocked.road + "）" : " (" + blocked.road + ")";
                    what.text += " (" + blocked.road + ")";
                }
            }
        }
        const auto incident = m_state.incidents.find(one.incident);
        alarm.place = incident == m_state.incidents.end() ? base::LocalText() : incident->second.place;
        const auto name = nameOf(one.resource);
        alarm.title.text = "Way blocked: " + name.text + ", order " + one.order + ", at " + what.text;
        alarm.title.translations["zh_CN"] = "道路受阻：" + name.in("zh_CN") + "，任务单 " + one.order + "，" + what.in("zh_CN");
        if (blocked.arrival) {
            const auto at = m_rules.clockText(*blocked.arrival);
            alarm.title.text += "; by another way there about " + at;
            alarm.title.translations["zh_CN"] += "；改道预计 " + at + " 到达";
            alarm.guidance.text = "Give it the other way (Another way at its row in the incident), or send another team";
            alarm.guidance.translations["zh_CN"] = "在事件中该队伍所在行按“改道”下达新路线，或改派其他队伍";
        } else {
            alarm.severity = std::min(alarm.severity, model::Grade::II);
            alarm.title.text += "; no way is left";
            alarm.title.translations["zh_CN"] += "；已无路可达";
            alarm.guidance.text = "Send another team from the other side or by air, or have the road opened";
            alarm.guidance.translations["zh_CN"] = "从另一侧或空中改派其他队伍，或组织抢通道路";
        }
        m_found.push_back(std::move(alarm));
    }

    void judgeHours(const model::Assignment& one, base::Duration bound) {
        const auto resource = m_state.resources.find(one.resource);
        if (resource == m_state.resources.end())
            return;
        const double limit = resource->second.crewHours > 0 ? resource->second.crewHours : m_rules.crewHours;
        const double hours = std::chrono::duration<double, std::ratio<3600>>(bound).count();
        if (limit <= 0 || hours <= limit)
            return;
        auto alarm = about(follow::crewHours, one, model::Grade::III, m_now - (bound - base::toDuration(base::Seconds(limit * 3600))));
        alarm.kind = model::AlarmKind::process;
        alarm.source = "resource:" + one.resource.toString();
        alarm.unit = "h";
        alarm.threshold = limit;
        alarm.value = std::round(hours * 10) / 10;
        const auto span = std::to_string(std::llround(limit));
        const auto& name = resource->second.name;
        alarm.title.text = "Crew hours: " + name.text + ", more than " + span + " h within 24 h";
        alarm.title.translations["zh_CN"] = "超时作业：" + name.in("zh_CN") + "，24 小时内已超过 " + span + " 小时";
        alarm.guidance.text = "Relieve the crew: send another and release this one";
        alarm.guidance.translations["zh_CN"] = "安排轮换：派出接替队伍并释放该队伍";
        m_found.push_back(std::move(alarm));
    }

    void judge(const model::CallDown& list) {
        auto alarm = followAlarm(follow::callDown, "call-down:" + list.id.toString(), model::Grade::II, list.startedAt);
        alarm.value = static_cast<double>(list.people.size());
        alarm.title.text = "Nobody answers: " + list.title;
        alarm.title.translations["zh_CN"] = "无人应答：" + list.title;
        const int passed = model::turnsPassed(list);
        if (passed > 0) {
            // The desk rings nobody: whose turn only passed may be sitting at the telephone.
            const auto of = std::to_string(passed);
            const auto all = std::to_string(list.people.size());
            alarm.title.text = "Nobody reached: " + list.title;
            alarm.title.translations["zh_CN"] = "无人取得联系：" + list.title;
            alarm.guidance.text = "The turns of " + of + " of " + all + " passed, and nobody said that they were called: call them, or another list";
            alarm.guidance.translations["zh_CN"] = "共 " + all + " 人，其中 " + of + " 人轮到后时间已过，无人确认曾呼叫：请呼叫他们，或改用其他名单";
        } else {
            alarm.guidance.text = "All on the list were called: call again, or another list";
            alarm.guidance.translations["zh_CN"] = "名单已全部呼叫：重新呼叫，或改用其他名单";
        }
        if (list.incident && m_state.incidents.contains(*list.incident)) {
            alarm.incident = list.incident;
            alarm.position = m_state.incidents.at(*list.incident).position;
        }
        m_found.push_back(std::move(alarm));
    }

    /// When it should have been here, or where nobody said when it is needed, have been answered or come.
    static std::optional<base::Time> aidDue(const model::AidRequest& request) {
        if (request.state != model::AidState::sent && request.state != model::AidState::accepted)
            return std::nullopt;
        if (request.neededBy)
            return request.neededBy;
        return request.changedAt + (request.state == model::AidState::sent ? aidAnsweredWithin : aidHereWithin);
    }

    void judge(const model::AidRequest& request, base::Time due) {
        auto alarm = followAlarm(follow::aidOverdue, "aid:" + request.id.toString(), model::Grade::III, due);
        alarm.unit = "min";
        alarm.value = static_cast<double>(minutes(m_now - due));
        const auto partner = nameOf(request.partner);
        const auto& local = partner.in("zh_CN");
        const auto at = m_rules.clockText(request.neededBy ? due : request.changedAt);
        if (request.neededBy) {
            alarm.title.text = "Mutual aid is not here: " + partner.text + ", request " + request.number + ", needed by " + at;
            alarm.title.translations["zh_CN"] = "互助支援未到：" + local + "，请求 " + request.number + "，应于 " + at + " 前到位";
        } else if (request.state == model::AidState::sent) {
            alarm.title.text = "Mutual aid is not answered: " + partner.text + ", request " + request.number + ", sent at " + at;
            alarm.title.translations["zh_CN"] = "互助请求未获答复：" + local + "，请求 " + request.number + "，" + at + " 发出";
        } else {
            alarm.title.text = "Mutual aid is not here: " + partner.text + ", request " + request.number + ", accepted at " + at;
            alarm.title.translations["zh_CN"] = "互助支援未到：" + local + "，请求 " + request.number + "，" + at + " 已接受";
        }
        alarm.guidance.text = "Call the partner; what does not come can be asked of others (F12, Supplies)";
        alarm.guidance.translations["zh_CN"] = "致电互助单位；不能到位的部分可另请他方支援（F12，物资）";
        if (const auto incident = m_state.incidents.find(request.incident); incident != m_state.incidents.end()) {
            alarm.incident = request.incident;
            alarm.position = incident->second.position;
            alarm.place = incident->second.place;
        }
        m_found.push_back(std::move(alarm));
    }

    const model::State& m_state;
    const DispatchRules& m_rules;
    base::Time m_now;
    std::map<model::ResourceId, base::Time> m_heard;
    std::vector<model::Alarm> m_found;
};

} // namespace

std::vector<model::Alarm> followAlarms(const model::State& state, const std::map<model::UnitId, UnitNow>& units,
                                       const DispatchRules& rules, base::Time now) {
    return Finder(state, units, rules, now).find();
}

std::vector<model::Alarm> callBackAlarms(const model::State& state, const std::set<model::ReportId>& waiting, base::Time now) {
    constexpr std::size_t mostWords = 90; // bytes of what was told
    std::vector<model::Alarm> out;
    for (const auto& id : waiting) {
        const auto found = state.reports.find(id);
        if (found == state.reports.end() || !model::callsBack(found->second) || found->second.callBack->due > now)
            continue;
        const auto& report = found->second;
        auto alarm = followAlarm(follow::callBack, "report:" + id.toString(), model::Grade::III, report.callBack->due);
        alarm.value = static_cast<double>(minutes(now - report.callBack->due));
        alarm.unit = "min";
        auto words = base::clipped(report.text, mostWords);
        if (words.size() < report.text.size())
            words += "…";
        std::replace_if(words.begin(), words.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
        alarm.title.text = "Call back now: “" + words + "”, planned by " + report.callBack->askedBy;
        alarm.title.translations["zh_CN"] = "请立即回访：“" + words + "”，由 " + report.callBack->askedBy + " 安排";
        alarm.guidance.text = "Call who reported it, and write down what was said: B at the report";
        alarm.guidance.translations["zh_CN"] = "致电报告人并记录回访内容：在该报告上按 B";
        if (report.position)
            alarm.position = *report.position;
        alarm.place = report.place;
        if (report.incident && state.incidents.contains(*report.incident))
            alarm.incident = report.incident;
        out.push_back(std::move(alarm));
    }
    return out;
}

std::vector<model::Alarm> statusAlarms(const model::State& state, base::Time now) {
    constexpr auto longOver = std::chrono::hours(24);
    std::map<std::optional<base::Time>, std::vector<const model::Resource*>> over; // by the hour; none: long over
    for (const auto& [id, resource] : state.resources) {
        if (!model::isStatusOverdue(resource, now))
            continue;
        std::optional<base::Time> hour;
        if (now - *resource.statusUntil <= longOver)
            hour = std::chrono::floor<std::chrono::hours>(*resource.statusUntil);
        over[hour].push_back(&resource);
    }
    std::vector<model::Alarm> out;
    for (const auto& [hour, resources] : over) {
        const auto& first = *resources.front();
        auto alarm = followAlarm(follow::statusOverdue, "status-until:" + (hour ? base::formatTime(*hour) : std::string("long-over")),
                             model::Grade::IV, *first.statusUntil);
        alarm.kind = model::AlarmKind::process;
        for (const auto* resource : resources)
            alarm.sinceTime = std::min(alarm.sinceTime, *resource->statusUntil);
        alarm.value = static_cast<double>(resources.size());
        alarm.position = first.position;
        alarm.place = first.place;
        alarm.title.text = "Should be back: " + first.name.text;
        alarm.title.translations["zh_CN"] = "应已恢复可用：" + first.name.in("zh_CN");
        if (resources.size() > 1) {
            alarm.title.text += " and " + std::to_string(resources.size() - 1) + " more";
            alarm.title.translations["zh_CN"] += " 等 " + std::to_string(resources.size()) + " 项";
        }
        alarm.guidance.text = "Nobody is sent who is kept from it by a status: ask, then make it available or give the status another time (Ctrl+B, Status…)";
        alarm.guidance.translations["zh_CN"] = "状态未更新前不会派出：核实后设为可用，或为该状态另定时间（Ctrl+B，状态…）";
        out.push_back(std::move(alarm));
    }
    return out;
}

} // namespace tocsin::desk
