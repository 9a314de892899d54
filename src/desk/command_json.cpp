#include "tocsin/desk/command_json.hpp"

#include "desk/command_fields.hpp"
#include "tocsin/desk/command_visit.hpp"
#include "tocsin/model/json.hpp"
#include "tocsin/model/json_text.hpp"

#include <array>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace tocsin::desk {

using base::Code;
using base::fail;
using nlohmann::json;

namespace {

// ---- the words of enumerations
constexpr std::array stockActs{std::string_view("receipt"), std::string_view("issue"), std::string_view("transfer"),
                               std::string_view("count"), std::string_view("writeOff")};
constexpr std::array quarantineStates{store::QuarantineState::open, store::QuarantineState::taken,
                                      store::QuarantineState::dismissed};

template <typename Enum>
std::string_view wordOf(Enum value) {
    return toString(value);
}
std::string_view wordOf(StockAct value) {
    const auto index = static_cast<std::size_t>(value);
    return index < stockActs.size() ? stockActs[index] : std::string_view();
}

std::optional<model::Grade> fromWord(std::string_view word, model::Grade) { return model::gradeFrom(word); }
std::optional<model::HazardClass> fromWord(std::string_view word, model::HazardClass) { return model::hazardClassFrom(word); }
std::optional<model::ReportState> fromWord(std::string_view word, model::ReportState) { return model::reportStateFrom(word); }
std::optional<model::RoadWeather> fromWord(std::string_view word, model::RoadWeather) { return model::roadWeatherFrom(word); }
std::optional<model::AidState> fromWord(std::string_view word, model::AidState) { return model::aidStateFrom(word); }
std::optional<model::Reached> fromWord(std::string_view word, model::Reached) { return model::reachedFrom(word); }
std::optional<model::AssignmentState> fromWord(std::string_view word, model::AssignmentState) {
    return model::assignmentStateFrom(word);
}
std::optional<model::ResourceStatus> fromWord(std::string_view word, model::ResourceStatus) {
    return model::resourceStatusFrom(word);
}
std::optional<PlanMerge> fromWord(std::string_view word, PlanMerge) { return planMergeFrom(word); }
std::optional<StockAct> fromWord(std::string_view word, StockAct) {
    for (std::size_t i = 0; i < stockActs.size(); ++i)
        if (stockActs[i] == word)
            return static_cast<StockAct>(i);
    return std::nullopt;
}
std::optional<store::QuarantineState> fromWord(std::string_view word, store::QuarantineState) {
    for (const auto state : quarantineStates)
        if (store::toString(state) == word)
            return state;
    return std::nullopt;
}

// ---- values
template <typename T>
constexpr bool isOptional = false;
template <typename T>
constexpr bool isOptional<std::optional<T>> = true;
template <typename T>
constexpr bool isVector = false;
template <typename T>
constexpr bool isVector<std::vector<T>> = true;

/// What is wrong, and where within the command. Thrown and caught within this file.
struct Wrong {
    std::string path;
    std::string why;
};
[[noreturn]] void wrongIn(const std::string& step) {
    const auto join = [](const std::string& above, const std::string& below) {
        return below.empty() || below.front() == '[' ? above + below : above + "." + below;
    };
    try {
        throw;
    } catch (const Wrong& wrong) {
        throw Wrong{join(step, wrong.path), wrong.why};
    } catch (const std::exception& e) {
        throw Wrong{step, e.what()};
    }
}

template <typename T>
json write(const T& value);
template <typename T>
void read(const json& in, T& value);

/// Calls `each` with the name and the value of every member.
template <typename T, typename Each>
void eachField(T& value, Each&& each) {
    std::string_view names = Fields<std::remove_const_t<T>>::names;
    const auto next = [&names] {
        const auto end = names.find(',');
        const auto name = names.substr(0, end);
        names.remove_prefix(end == std::string_view::npos ? names.size() : std::min(names.size(), end + 2)); // ", "
        return std::string(name);
    };
    std::apply([&](auto&... field) { (each(next(), field), ...); }, Fields<std::remove_const_t<T>>::of(value));
}

template <typename T>
json write(const T& value) {
    if constexpr (Fielded<T>) {
        json out = json::object();
        eachField(value, [&out](std::string name, const auto& field) { out[std::move(name)] = write(field); });
        return out;
    } else if constexpr (std::is_enum_v<T>) {
        return json(wordOf(value));
    } else if constexpr (isOptional<T>) {
        return value ? write(*value) : json(nullptr);
    } else if constexpr (isVector<T>) {
        json out = json::array();
        for (const auto& one : value)
            out.push_back(write(one));
        return out;
    } else if constexpr (std::is_same_v<T, model::Report>) {
        json out = json::object(); // the journal's report is without its contact
        out["report"] = value;
        out["contact"] = value.contact;
        return out;
    } else {
        return json(value);
    }
}

template <typename T>
void read(const json& in, T& value) {
    if constexpr (Fielded<T>) {
        if (!in.is_object())
            throw std::invalid_argument("not an object");
        eachField(value, [&in](const std::string& name, auto& field) {
            try {
                read(in.at(name), field);
            } catch (...) {
                wrongIn(name);
            }
        });
    } else if constexpr (std::is_enum_v<T>) {
        const auto found = fromWord(in.get_ref<const std::string&>(), T{});
        if (!found)
            throw std::invalid_argument("unknown word");
        value = *found;
    } else if constexpr (isOptional<T>) {
        if (in.is_null())
            value.reset();
        else
            read(in, value.emplace());
    } else if constexpr (isVector<T>) {
        if (!in.is_array())
            throw std::invalid_argument("not an array");
        value.clear();
        for (std::size_t i = 0; i < in.size(); ++i) {
            try {
                read(in[i], value.emplace_back());
            } catch (...) {
                wrongIn("[" + std::to_string(i) + "]");
            }
        }
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
        if (!in.is_number_integer())
            throw std::invalid_argument("not a whole number");
        in.get_to(value);
    } else if constexpr (std::is_same_v<T, model::Report>) {
        in.at("report").get_to(value);
        in.at("contact").get_to(value.contact);
    } else {
        in.get_to(value);
    }
}

/// Where two values differ first; empty: nowhere.
std::string differenceOf(const json& a, const json& b) {
    if (a == b)
        return {};
    if (a.is_object() && b.is_object()) {
        for (auto it = a.begin(); it != a.end(); ++it) {
            const auto other = b.find(it.key());
            if (other == b.end())
                return "." + it.key();
            if (auto below = differenceOf(it.value(), *other); !below.empty() || it.value() != *other)
                return "." + it.key() + below;
        }
        for (auto it = b.begin(); it != b.end(); ++it)
            if (!a.contains(it.key()))
                return "." + it.key();
    }
    if (a.is_array() && b.is_array()) {
        for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
            if (a[i] != b[i])
                return "[" + std::to_string(i) + "]" + differenceOf(a[i], b[i]);
    }
    return {};
}

template <class Body>
bool readAs(const std::string& name, const json& in, CommandBody& out) {
    if (Fields<Body>::type != name)
        return false;
    Body body;
    read(in, body);
    out = std::move(body);
    return true;
}

bool readBody(const std::string& name, const json& in, CommandBody& out) {
    return [&]<class... Each>(CommandList<Each...>) { return (readAs<Each>(name, in, out) || ...); }(Commands());
}

json written(const Command& command) {
    json out = json::object();
    out["id"] = command.id;
    out["actor"] = command.actor;
    out["name"] = nameOf(command.body);
    out["body"] = visit([](const auto& body) { return write(body); }, command.body);
    return out;
}

/// An unknown part of a path may be long, and is anybody's.
std::string shortened(std::string text) {
    constexpr std::size_t most = 200;
    if (text.size() > most) {
        text.resize(most);
        while (!text.empty() && !base::isUtf8(text)) // not in the middle of a letter
            text.pop_back();
        text += " …";
    }
    return text;
}

} // namespace

std::string_view nameOf(const CommandBody& body) {
    return visit([](const auto& each) { return Fields<std::decay_t<decltype(each)>>::type; }, body);
}

base::Result<json> toJson(const Command& command) {
    auto out = written(command);
    if (!model::survivesText(out))
        return fail(Code::malformed, "a text is not UTF-8, or a number is not finite");
    return out;
}

base::Result<Command> commandFrom(const json& in) {
    Command command;
    try {
        in.at("id").get_to(command.id);
        in.at("actor").get_to(command.actor);
        const auto& name = in.at("name").get_ref<const std::string&>();
        try {
            if (!readBody(name, in.at("body"), command.body))
                return fail(Code::malformed, "command.name: '" + shortened(name) + "' is not a command");
        } catch (const Wrong&) {
            wrongIn("body");
        }
    } catch (const Wrong& wrong) {
        return fail(Code::malformed, shortened("command." + wrong.path) + ": " + shortened(wrong.why));
    } catch (const std::exception& e) {
        return fail(Code::malformed, "command: " + shortened(e.what()));
    }
    // Whatever was not understood, or not as it was meant, is not there any more or is another.
    if (const auto again = written(command); again != in)
        return fail(Code::malformed, shortened("command" + differenceOf(in, again)) + ": it would not come back the same");
    return command;
}

} // namespace tocsin::desk
