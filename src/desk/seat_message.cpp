#include "tocsin/desk/seat_message.hpp"

#include "tocsin/desk/command_json.hpp"
#include "tocsin/model/json.hpp"
#include "tocsin/model/json_text.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace tocsin::desk {

using base::Code;
using base::fail;
using nlohmann::json;

namespace {

constexpr std::size_t mostDepth = 24;

/// Nested deeper than anything that is meant; strings are passed over.
std::optional<std::size_t> tooDeepAt(std::string_view text) {
    std::size_t depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            if (++depth > mostDepth)
                return i;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return std::nullopt;
}

json errorTo(const base::Error& error) {
    json out = json::object();
    out["code"] = base::toString(error.code);
    // Half a letter in it must not cost the seat its answer.
    out["message"] = json::parse(json(error.message).dump(-1, ' ', false, json::error_handler_t::replace));
    for (const auto& [key, value] : {std::pair{"line", error.place.line}, std::pair{"column", error.place.column},
                                     std::pair{"byte", error.place.byte}})
        if (value)
            out[key] = *value;
    return out;
}

/// A whole number, 0 or more: get<>() would take what does not fit as something else.
std::uint64_t countFrom(const json& in) {
    if (!in.is_number_unsigned())
        throw std::invalid_argument("not a count");
    return in.get<std::uint64_t>();
}
std::int64_t wholeFrom(const json& in) {
    if (!in.is_number_integer() ||
        (in.is_number_unsigned() && in.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())))
        throw std::invalid_argument("not a whole number");
    return in.get<std::int64_t>();
}
int smallFrom(const json& in) {
    const auto value = wholeFrom(in);
    if (value < 0 || value > 1'000'000)
        throw std::invalid_argument("out of range");
    return static_cast<int>(value);
}
std::int64_t seqFrom(const json& in) {
    const auto value = wholeFrom(in);
    if (value < 0)
        throw std::invalid_argument("not an entry's number");
    return value;
}

base::Error errorFrom(const json& in) {
    base::Error error;
    const auto& word = in.at("code").get_ref<const std::string&>();
    bool known = false;
    for (int code = 0; code <= static_cast<int>(Code::internal) && !known; ++code) {
        error.code = static_cast<Code>(code);
        known = word == base::toString(error.code);
    }
    if (!known)
        throw std::invalid_argument("unknown code");
    in.at("message").get_to(error.message);
    for (auto [key, value] : {std::pair{"line", &error.place.line}, std::pair{"column", &error.place.column},
                              std::pair{"byte", &error.place.byte}})
        if (const auto found = in.find(key); found != in.end())
            *value = countFrom(*found);
    return error;
}

json infoTo(const SeatInfo& v) {
    json out{{"seat", v.seat}, {"person", v.person}, {"since", base::toUnixMicros(v.since)}};
    if (v.acted)
        out["acted"] = base::toUnixMicros(*v.acted);
    return out;
}
SeatInfo infoFrom(const json& in) {
    SeatInfo out{smallFrom(in.at("seat")), in.at("person").get<std::string>(), base::fromUnixMicros(wholeFrom(in.at("since"))), {}};
    if (const auto acted = in.find("acted"); acted != in.end())
        out.acted = base::fromUnixMicros(wholeFrom(*acted));
    return out;
}

base::Result<json> jsonOf(const SeatHello& v) {
    return json{{"kind", "hello"}, {"version", v.version}, {"seat", v.seat}, {"person", v.person}};
}
base::Result<json> jsonOf(const SeatPerson& v) {
    return json{{"kind", "person"}, {"person", v.person}};
}
base::Result<json> jsonOf(const SeatOrder& v) {
    return toJson(v.command).map([&](json command) {
        return json{{"kind", "command"}, {"number", v.number}, {"command", std::move(command)}};
    });
}
base::Result<json> jsonOf(const SeatWelcome& v) {
    return json{{"kind", "welcome"}, {"version", v.version}, {"seat", v.seat}, {"seq", v.seq}, {"rules", v.rules}, {"plans", v.plans}};
}
base::Result<json> jsonOf(const SeatRefusal& v) {
    return json{{"kind", "refusal"}, {"error", errorTo(v.why)}};
}
base::Result<json> jsonOf(const SeatAnswer& v) {
    json out{{"kind", "answer"}, {"number", v.number}, {"seq", v.seq}};
    if (!v.done) {
        out["error"] = errorTo(v.done.error());
        return out;
    }
    out["ids"] = v.done->ids;
    out["duplicate"] = v.done->duplicate;
    if (v.done->contact)
        out["contact"] = *v.done->contact;
    return out;
}
base::Result<json> jsonOf(const SeatPin& v) {
    json out{{"kind", "pin"}, {"number", v.number}, {"name", v.name}, {"pin", v.pin}};
    if (v.fresh)
        out["fresh"] = *v.fresh;
    return out;
}
base::Result<json> jsonOf(const SeatProved& v) {
    json out{{"kind", "proved"}, {"number", v.number}};
    if (!v.proved)
        out["error"] = errorTo(v.proved.error());
    return out;
}
base::Result<json> jsonOf(const SeatPageAsked& v) {
    return json{{"kind", "page-asked"}, {"number", v.number}, {"assignment", v.assignment.toString()}};
}
base::Result<json> jsonOf(const SeatPage& v) {
    json out{{"kind", "page"}, {"number", v.number}};
    if (!v.page) {
        out["error"] = errorTo(v.page.error());
        return out;
    }
    out["address"] = v.page->address;
    out["phones"] = v.page->phones;
    return out;
}
/// Newest values are many, so they are written short: [id, microseconds, value, value before].
base::Result<json> jsonOf(const SeatNews& v) {
    json out{{"kind", "news"}, {"seq", v.seq}, {"whole", v.whole}};
    auto& sensors = out["sensors"] = json::array();
    for (const auto& [id, now] : v.sensors)
        sensors.push_back(json::array({id.value, base::toUnixMicros(now.time), now.value, now.previous}));
    auto& units = out["units"] = json::array();
    for (const auto& [id, now] : v.units) {
        json unit = json::object();
        unit["newest"] = now.newest;
        unit["received"] = now.newest.received; // which the position's own JSON leaves out
        if (now.previous)
            unit["previous"] = *now.previous;
        units.push_back(std::move(unit));
    }
    out["readings"] = v.readings;
    out["aside"] = v.aside;
    auto& tallies = out["tallies"] = json::object();
    for (const auto& [feed, tally] : v.tallies)
        tallies[feed] = json::array({tally.open, tally.cut, tally.kept});
    if (v.seated) {
        auto& seated = out["seated"] = json::array();
        for (const auto& one : *v.seated)
            seated.push_back(infoTo(one));
    }
    if (v.settings)
        out["settings"] = *v.settings;
    return out;
}

SeatAnswer answerFrom(const json& in) {
    SeatAnswer out{countFrom(in.at("number")), Done{}, seqFrom(in.at("seq"))};
    if (const auto error = in.find("error"); error != in.end()) {
        out.done = tl::unexpected(errorFrom(*error));
        return out;
    }
    in.at("ids").get_to(out.done->ids);
    in.at("duplicate").get_to(out.done->duplicate);
    if (const auto contact = in.find("contact"); contact != in.end())
        out.done->contact = contact->get<model::Contact>();
    return out;
}

std::map<std::string, std::size_t> countsFrom(const json& in) {
    std::map<std::string, std::size_t> out;
    for (const auto& [feed, count] : in.items())
        out[feed] = countFrom(count);
    return out;
}

SeatNews newsFrom(const json& in) {
    SeatNews out;
    out.seq = seqFrom(in.at("seq"));
    in.at("whole").get_to(out.whole);
    for (const auto& one : in.at("sensors")) {
        if (one.size() != 4)
            throw std::invalid_argument("sensors: not four values");
        out.sensors[model::SensorId(one.at(0).get<std::string>())] = {base::fromUnixMicros(wholeFrom(one.at(1))),
                                                                      one.at(2).get<double>(), one.at(3).get<double>()};
    }
    for (const auto& one : in.at("units")) {
        UnitNow now;
        one.at("newest").get_to(now.newest);
        one.at("received").get_to(now.newest.received);
        if (const auto previous = one.find("previous"); previous != one.end())
            now.previous = previous->get<model::Position>();
        auto id = now.newest.unit;
        out.units[std::move(id)] = std::move(now);
    }
    out.readings = countsFrom(in.at("readings"));
    out.aside = countsFrom(in.at("aside"));
    for (const auto& [feed, tally] : in.at("tallies").items())
        out.tallies[feed] = {wholeFrom(tally.at(0)), wholeFrom(tally.at(1)), wholeFrom(tally.at(2))};
    if (const auto seated = in.find("seated"); seated != in.end()) {
        out.seated.emplace();
        for (const auto& one : *seated)
            out.seated->push_back(infoFrom(one));
    }
    if (const auto settings = in.find("settings"); settings != in.end()) {
        auto& told = out.settings.emplace();
        for (const auto& [name, digest] : settings->items())
            told[name] = digest.get<std::string>();
    }
    return out;
}

/// What another version says is read as far as its version: that is what it is told.
SeatHello helloFrom(const json& in) {
    return {smallFrom(in.at("version")), smallFrom(in.at("seat")), in.value("person", std::string())};
}
SeatWelcome welcomeFrom(const json& in) {
    SeatWelcome out{smallFrom(in.at("version")), smallFrom(in.at("seat")), seqFrom(in.at("seq")), in.value("rules", std::string()), {}};
    if (const auto plans = in.find("plans"); plans != in.end())
        plans->get_to(out.plans);
    return out;
}

std::string shortTextFrom(const json& in, std::size_t most) {
    const auto& text = in.get_ref<const std::string&>();
    if (text.size() > most)
        throw std::invalid_argument("too long");
    return text;
}
SeatPin pinFrom(const json& in) {
    SeatPin out{countFrom(in.at("number")), shortTextFrom(in.at("name"), mostSeatName), shortTextFrom(in.at("pin"), base::mostPinBytes), {}};
    if (const auto fresh = in.find("fresh"); fresh != in.end())
        out.fresh = shortTextFrom(*fresh, base::mostPinBytes);
    return out;
}
SeatProved provedFrom(const json& in) {
    SeatProved out{countFrom(in.at("number")), {}};
    if (const auto error = in.find("error"); error != in.end())
        out.proved = tl::unexpected(errorFrom(*error));
    return out;
}

SeatPageAsked pageAskedFrom(const json& in) {
    const auto assignment = model::AssignmentId::parse(in.at("assignment").get_ref<const std::string&>());
    if (!assignment)
        throw std::invalid_argument("no assignment's id");
    return {countFrom(in.at("number")), *assignment};
}
SeatPage pageFrom(const json& in) {
    SeatPage out{countFrom(in.at("number")), {}};
    if (const auto error = in.find("error"); error != in.end()) {
        out.page = tl::unexpected(errorFrom(*error));
        return out;
    }
    out.page->address = shortTextFrom(in.at("address"), mostPageAddress);
    out.page->phones = in.at("phones").get_ref<const bool&>();
    const auto& address = out.page->address; // it is handed on to phones
    if (!address.empty() && !address.starts_with("http://") && !address.starts_with("https://"))
        throw std::invalid_argument("no web page's address");
    return out;
}

base::Result<SeatMessage> messageFrom(const json& in) {
    const auto& kind = in.at("kind").get_ref<const std::string&>();
    if (kind == "hello")
        return helloFrom(in);
    if (kind == "person")
        return SeatPerson{in.at("person").get<std::string>()};
    if (kind == "command") {
        const auto number = countFrom(in.at("number"));
        return commandFrom(in.at("command")).map([&](Command command) -> SeatMessage {
            return SeatOrder{number, std::move(command)};
        });
    }
    if (kind == "welcome")
        return welcomeFrom(in);
    if (kind == "refusal")
        return SeatRefusal{errorFrom(in.at("error"))};
    if (kind == "answer")
        return answerFrom(in);
    if (kind == "news")
        return newsFrom(in);
    if (kind == "pin")
        return pinFrom(in);
    if (kind == "proved")
        return provedFrom(in);
    if (kind == "page-asked")
        return pageAskedFrom(in);
    if (kind == "page")
        return pageFrom(in);
    return fail(Code::malformed, "kind: no such message");
}

} // namespace

base::Result<std::string> textOf(const SeatMessage& message) {
    const auto out = std::visit([](const auto& each) { return jsonOf(each); }, message);
    if (!out)
        return tl::unexpected(out.error());
    if (!model::survivesText(*out))
        return fail(Code::malformed, "a text is not UTF-8, or a number is not finite");
    auto text = out->dump();
    if (text.size() > mostSeatText)
        return fail(Code::tooLarge, "it is too large to be sent to the desk at once: do it in parts");
    return text;
}

base::Result<SeatMessage> seatMessageFrom(std::string_view text) {
    if (text.size() > mostSeatText)
        return fail(Code::tooLarge, "a message of " + std::to_string(text.size()) + " bytes");
    if (const auto at = tooDeepAt(text))
        return fail(Code::tooLarge, "nested too deep", {{}, {}, *at});
    try {
        return messageFrom(json::parse(text));
    } catch (const json::parse_error& e) {
        return fail(Code::malformed, "not JSON", {{}, {}, e.byte == 0 ? 0 : e.byte - 1});
    } catch (const std::exception& e) { // a member that is missing or of another kind; a number that is too large
        return fail(Code::malformed, "not a message: " + std::string(e.what()));
    }
}

bool isPerson(std::string_view name) {
    if (name.empty() || name.size() > mostSeatName || !base::isUtf8(name))
        return false;
    if (std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }))
        return false;
    for (const auto* prefix : {"feed:", "team:"})
        if (name.starts_with(prefix))
            return false;
    return name != "desk" && name != "drill" && name != "rules.toml";
}

void add(SeatNews& news, SeatNews&& later) {
    news.seq = std::max(news.seq, later.seq);
    for (auto& [sensor, now] : later.sensors)
        news.sensors[sensor] = now;
    for (auto& [unit, now] : later.units)
        news.units[unit] = std::move(now);
    for (const auto& [feed, count] : later.readings)
        news.readings[feed] += count;
    for (const auto& [feed, count] : later.aside)
        news.aside[feed] += count;
    for (const auto& [feed, tally] : later.tallies)
        news.tallies[feed] = tally;
    if (later.seated)
        news.seated = std::move(later.seated);
    if (later.settings)
        news.settings = std::move(later.settings);
}

void add(SeatNews& news, const Delta& delta) {
    if (!delta.entries.empty())
        news.seq = delta.entries.back().seq;
    for (const auto& [sensor, now] : delta.sensors)
        news.sensors[sensor] = now;
    for (const auto& [unit, now] : delta.units)
        news.units[unit] = now;
    for (const auto& [feed, count] : delta.readingsByFeed)
        news.readings[feed] += count;
    for (const auto& [feed, count] : delta.quarantinedByFeed)
        news.aside[feed] += count;
    for (const auto& [feed, tally] : delta.quarantine)
        news.tallies[feed] = tally;
}

SeatNews takeSome(SeatNews& news, std::size_t most, model::SensorId& from) {
    SeatNews out;
    out.seq = news.seq;
    out.readings.swap(news.readings);
    out.aside.swap(news.aside);
    out.tallies.swap(news.tallies);
    out.seated.swap(news.seated);
    out.settings.swap(news.settings);
    // As many change while a message is under way as it has room for: whoever stands first must not be all that is told.
    for (auto left = (most + 1) / 2; left > 0 && !news.units.empty(); --left, --most)
        out.units.insert(out.units.end(), news.units.extract(news.units.begin()));
    for (; most > 0 && !news.sensors.empty(); --most) {
        auto next = news.sensors.upper_bound(from);
        if (next == news.sensors.end())
            next = news.sensors.begin();
        from = next->first;
        out.sensors.insert(news.sensors.extract(next));
    }
    out.whole = news.sensors.empty() && news.units.empty();
    return out;
}

bool isNothing(const SeatNews& news, std::int64_t known) {
    return news.seq <= known && news.sensors.empty() && news.units.empty() && news.readings.empty() && news.aside.empty() &&
           news.tallies.empty() && !news.seated && !news.settings;
}

} // namespace tocsin::desk
