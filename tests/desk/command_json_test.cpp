#include "tocsin/desk/command_json.hpp"

#include "desk/command_fields.hpp"
#include "tocsin/model/json.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <type_traits>

// Every command there and back as JSON. The samples are made from the members themselves, so a new one is in it.

namespace tocsin::desk {
namespace {

using base::Code;
using nlohmann::json;
using ::testing::HasSubstr;

int counter = 0; ///< no two values are the same
base::Time aTime() {
    return *base::parseTime("2026-11-20T08:00:00.123456Z") + std::chrono::microseconds(++counter);
}
std::string aText() {
    return "堤 \"" + std::to_string(++counter) + "\"\n\\";
}
template <typename Id>
Id anId() {
    base::Uuid id;
    id.bytes.fill(static_cast<std::uint8_t>(++counter));
    id.bytes[0] = 1;
    return Id(id);
}

void fill(std::string& v) { v = aText(); }
void fill(bool& v) { v = !v; }
void fill(int& v) { v = ++counter; }
void fill(std::int64_t& v) { v = (std::int64_t{1} << 40) + ++counter; }
void fill(double& v) { v = ++counter + 0.1; }
void fill(base::Time& v) { v = aTime(); }
template <typename Tag>
void fill(base::Id<Tag>& v) {
    v = anId<base::Id<Tag>>();
}
template <typename Tag>
void fill(base::Quantity<Tag>& v) {
    v.value = ++counter + 0.25;
}
void fill(model::SensorId& v) { v.value = aText(); }
void fill(model::UnitId& v) { v.value = aText(); }
void fill(model::Position& v) { v = model::Position::trusted(47 + ++counter / 1e4, 9.1); }
void fill(base::LocalText& v) {
    v.text = aText();
    v.translations["zh_CN"] = aText();
}
template <typename Enum>
    requires std::is_enum_v<Enum>
void fill(Enum& v) {
    v = static_cast<Enum>(2); // all have it, and none by default
}
void fill(model::Sensor& v) {
    fill(v.id);
    fill(v.name);
    fill(v.unit);
    fill(v.position);
    v.silentAfter = std::chrono::seconds(90);
    v.outOfService = "repair";
    fill(v.outOfServiceBy);
    v.outOfServiceSince = aTime();
}
void fill(model::Resource& v) {
    fill(v.id);
    fill(v.name);
    fill(v.position);
    v.capabilities = {{"pump", 2}};
    v.stock = {{"3010101", "Sandbag", 500, "piece"}};
    v.vehicle.emplace();
    v.vehicle->seats = 4;
    fill(v.claimedBy);
    v.claimedUntil = aTime();
}
void fill(model::Warning& v) {
    fill(v.id);
    fill(v.identifier);
    fill(v.sender);
    fill(v.sent);
    v.infos.emplace_back();
    fill(v.infos.back().headline);
    v.infos.back().areas.emplace_back().polygons = {{model::Position::trusted(47, 9), model::Position::trusted(47, 10),
                                                     model::Position::trusted(48, 10), model::Position::trusted(47, 9)}};
    v.trust = model::Trust::unverified;
}
void fill(model::Report& v) {
    fill(v.id);
    fill(v.text);
    fill(v.contact.name); // which the journal never has
    fill(v.contact.phone);
    v.position = model::Position::trusted(47.1, 9.5);
    v.call.emplace();
    fill(v.call->cause);
    fill(v.receivedAt);
}
void fill(model::Earthquake& v) {
    fill(v.id);
    fill(v.sourceId);
    fill(v.time);
    v.magnitude = 4.5;
}
void fill(model::FieldMessage& v) {
    fill(v.sourceId);
    fill(v.text);
    fill(v.time);
}
void fill(model::FieldMarker& v) {
    fill(v.sourceId);
    v.line = {model::Position::trusted(47, 9)};
    fill(v.time);
}
void fill(model::Emergency& v) {
    fill(v.unit);
    fill(v.time);
}
void fill(model::Drawing& v) {
    fill(v.id);
    fill(v.name);
    v.line = {model::Position::trusted(47, 9), model::Position::trusted(47.1, 9.2)};
    v.depthMetres = 0.4;
    v.until = aTime();
}
void fill(model::Need& v) {
    fill(v.capability);
    fill(v.quantity);
}
void fill(model::RouteLine& v) {
    v.points = {model::Position::trusted(47, 9), model::Position::trusted(47.1, 9.2)};
    v.secondsAt = {0, 61.5};
    v.length = base::Metres(1234.5);
    v.duration = base::Seconds(61.5);
}
void fill(model::BlockedWay& v) {
    fill(v.closure);
    fill(v.road);
    v.arrival = aTime();
    fill(v.since);
}
void fill(model::Stop& v) {
    fill(v.position);
    fill(v.place);
    fill(v.arrival);
}
void fill(model::Beds& v) {
    fill(v.kind);
    fill(v.total);
}
void fill(model::Decision& v) {
    fill(v.id);
    fill(v.incident);
    fill(v.factsAt);
    v.lines.emplace_back();
    fill(v.lines.back().resource);
    fill(v.lines.back().route);
    v.lines.back().stops.emplace_back();
    fill(v.lines.back().stops.back());
    v.lines.back().load = {{anId<model::ResourceId>(), "3010101", "Sandbag", 20, "piece"}};
    v.others.emplace_back();
    fill(v.others.back().obstacle);
    v.unmet.emplace_back();
    fill(v.unmet.back().reason);
    v.notices = {aText()};
}
void fill(model::CallDown& v) {
    fill(v.id);
    fill(v.title);
    v.people.emplace_back();
    fill(v.people.back().name);
    fill(v.every);
}
void fill(model::CallList& v) {
    fill(v.id);
    fill(v.name);
    v.steps.emplace_back();
    fill(v.steps.back().name);
    fill(v.steps.back().wait);
    fill(v.changedAt);
}
void fill(model::AidRequest& v) {
    fill(v.id);
    v.items.emplace_back();
    fill(v.items.back().code);
    fill(v.draftedAt);
}

template <Fielded T>
void fill(T& v);
template <typename T>
void fill(std::optional<T>& v);
template <typename T>
void fill(std::vector<T>& v) {
    v.clear();
    fill(v.emplace_back());
    fill(v.emplace_back());
}
template <typename T>
void fill(std::optional<T>& v) {
    fill(v.emplace());
}
template <Fielded T>
void fill(T& v) {
    std::apply([](auto&... field) { (fill(field), ...); }, Fields<T>::of(v));
}

template <typename T>
bool same(const T& a, const T& b);
template <typename T>
bool sameAll(const std::vector<T>& a, const std::vector<T>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& one, const T& other) { return same(one, other); });
}
template <typename T>
bool same(const T& a, const T& b) {
    if constexpr (Fielded<T>) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            [[maybe_unused]] const auto left = Fields<T>::of(a); // of a command without members
            [[maybe_unused]] const auto right = Fields<T>::of(b);
            return (same(std::get<I>(left), std::get<I>(right)) && ...);
        }(std::make_index_sequence<std::tuple_size_v<decltype(Fields<T>::of(a))>>());
    } else if constexpr (requires { a.begin(); typename T::value_type; }) {
        if constexpr (Fielded<typename T::value_type>)
            return sameAll(a, b);
        else
            return a == b;
    } else {
        return a == b;
    }
}

template <typename Act>
void eachKind(const Act& act) {
    [&]<class... Each>(CommandList<Each...>) { (act(Each()), ...); }(Commands());
}

Command commandOf(CommandBody body) {
    return {anId<model::CommandId>(), "李 Keller", std::move(body)};
}

TEST(CommandJson, everyCommandComesBackAsItWas) {
    std::set<std::string_view> names;
    eachKind([&](auto body) {
        using Body = decltype(body);
        const bool before = same(body, Body());
        fill(body);
        SCOPED_TRACE(Fields<Body>::type);
        EXPECT_TRUE(before);
        EXPECT_TRUE(std::is_empty_v<Body> || !same(body, Body())) << "the sample says nothing";
        EXPECT_TRUE(names.insert(nameOf(body)).second) << "two of one name";
        for (const auto& each : {Body(), body}) {
            const auto command = commandOf(each);
            const auto written = toJson(command);
            ASSERT_TRUE(written) << written.error().message;
            const auto text = written->dump();
            const auto back = commandFrom(json::parse(text));
            ASSERT_TRUE(back) << back.error().message << "\n" << text;
            EXPECT_EQ(back->id, command.id);
            EXPECT_EQ(back->actor, command.actor);
            ASSERT_TRUE(back->body.template as<Body>() != nullptr);
            EXPECT_TRUE(same(*back->body.template as<Body>(), each)) << text;
        }
    });
    EXPECT_EQ(names.size(), Commands::size);
}

TEST(CommandJson, aMemberThatIsMissingOrNotKnownIsNamed) {
    eachKind([&](auto body) {
        using Body = decltype(body);
        SCOPED_TRACE(Fields<Body>::type);
        fill(body);
        const auto whole = *toJson(commandOf(body));
        for (const auto& [member, value] : whole.at("body").items()) {
            auto without = whole;
            without["body"].erase(member);
            const auto refused = commandFrom(without);
            ASSERT_FALSE(refused) << member;
            EXPECT_EQ(refused.error().code, Code::malformed);
            EXPECT_THAT(refused.error().message, HasSubstr("command.body." + member));
            for (const auto& other : {json(nullptr), json(1e300), json("other"), json::array({1}), json::object(), json(true)}) {
                auto changed = whole;
                changed["body"][member] = other;
                const auto taken = commandFrom(changed);
                EXPECT_TRUE(!taken || toJson(*taken)->at("body").at(member) == other) << member << " is taken as something else";
            }
        }
        auto more = whole;
        more["body"]["surprise"] = 1;
        const auto refused = commandFrom(more);
        ASSERT_FALSE(refused);
        EXPECT_THAT(refused.error().message, HasSubstr("command.body.surprise"));
    });
}

TEST(CommandJson, whatDoesNotFitIsLocatedAndNotBent) {
    const FreshWay way{anId<model::ResourceId>(), {}, base::Seconds(60), {}, {}, {}, {}};
    const auto whole = *toJson(commandOf(JudgeDecision{anId<model::DecisionId>(), true, "", {way, way}, {}}));
    auto late = whole;
    late["body"]["ways"][1]["eta"] = "soon";
    EXPECT_THAT(commandFrom(late).error().message, HasSubstr("command.body.ways[1].eta"));
    auto away = *toJson(commandOf(PlaceReport{anId<model::ReportId>(), model::Position::trusted(47, 9), "map"}));
    away["body"]["position"] = {9.0, 1e6};
    EXPECT_THAT(commandFrom(away).error().message, HasSubstr("command.body.position"));
    auto many = *toJson(commandOf(AnswerCallDown{anId<model::CallDownId>(), 1, true, ""}));
    many["body"]["person"] = std::int64_t{1} << 40;
    EXPECT_THAT(commandFrom(many).error().message, HasSubstr("command.body.person"));
    auto word = *toJson(commandOf(SetRoadWeather{model::RoadWeather::ice}));
    word["body"]["weather"] = "lava";
    EXPECT_THAT(commandFrom(word).error().message, HasSubstr("command.body.weather"));
    auto name = whole;
    name["name"] = "SendEverybody" + std::string(100'000, 'x');
    const auto unknown = commandFrom(name);
    ASSERT_FALSE(unknown);
    EXPECT_LT(unknown.error().message.size(), 500U);
    for (const auto& none : {json(), json(1), json::array(), json::object(), json("x")})
        EXPECT_FALSE(commandFrom(none));
}

TEST(CommandJson, whatJsonCannotHoldIsRefusedBeforeItIsSent) {
    EXPECT_EQ(toJson(commandOf(WriteNote{"\xFF", {}})).error().code, Code::malformed);
    JudgeDecision word;
    word.ways.push_back({{}, {}, base::Seconds(std::numeric_limits<double>::infinity()), {}, {}, {}, {}});
    EXPECT_EQ(toJson(commandOf(word)).error().code, Code::malformed);
}

} // namespace
} // namespace tocsin::desk
