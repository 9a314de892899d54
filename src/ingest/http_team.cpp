#include "ingest/http_await.hpp"
#include "tocsin/base/clip.hpp"

#include <charconv>

// A team's own page: its order, and a button for its next step. Who has the link is the team.

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;

namespace {

constexpr std::string_view start = "/team/";
constexpr std::size_t longestToken = 120;
constexpr std::size_t mostSaid = 400;

std::string_view tokenOf(const HttpRequest& request) {
    std::string_view path = request.path;
    return path.substr(start.size(), longestToken + 1);
}

std::string plainNumber(double value) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 5).ptr;
    return {text.data(), end};
}

/// No other site learns of the link; nobody keeps the page, as by default.
HttpReply kept(HttpReply reply) {
    reply.headers.emplace_back("Referrer-Policy", "no-referrer");
    return reply;
}

} // namespace

HttpReply WebPage::team(const std::string& language, std::string_view token, const TeamOrder& order,
                        const std::string& said, bool exercise) const {
    const auto& words = m_words.at(language);
    const auto word = [&](const std::string& key) {
        const auto found = words.find(key);
        return found == words.end() ? key : found->second;
    };
    std::string tasks;
    for (const auto& task : order.tasks)
        tasks += (tasks.empty() ? "" : "\n") + task.in(language);
    const auto next = model::nextState(order.state);
    const std::string state(model::toString(order.state));
    Words own{{"token", std::string(token)},
              {"order", order.number},
              {"team", order.team.in(language)},
              {"incident", order.incident.in(language)},
              {"place", order.place.in(language)},
              {"tasks", tasks},
              {"state", word(order.recalled ? "team_state_recalled" : "team_state_" + state)},
              {"way_word", word(order.otherWay ? "team_other_way" : "team_way")},
              {"way", order.way.in(language)},
              {"way_class", order.way.empty() || order.state == model::AssignmentState::released ? "hidden" : ""},
              {"next", next ? std::string(model::toString(*next)) : std::string()},
              {"next_word", next ? word("team_next_" + std::string(model::toString(*next))) : std::string()},
              {"next_class", next ? "" : "hidden"},
              {"well_class", order.state == model::AssignmentState::released ? "hidden" : ""},
              {"call_class", order.rollCall ? "" : "hidden"},
              {"said", said},
              {"said_class", said.empty() ? "hidden" : ""},
              {"where_class", order.position ? "" : "hidden"}};
    if (order.position) {
        own["latitude"] = plainNumber(order.position->latitude());
        own["longitude"] = plainNumber(order.position->longitude());
    }
    return kept(fill("team.html", language, std::move(own), exercise));
}

asio::awaitable<HttpReply> HttpDoor::team(HttpRequest& request) {
    const auto& door = m_shared->options.teams;
    const auto token = tokenOf(request);
    const auto language = chooseLanguage(request.query, request.acceptLanguage);
    auto order = door && token.size() <= longestToken ? door->order(token) : std::nullopt;
    if (!order)
        co_return kept(jsonReply(404, refusal("refused", "there is no such order, or it is over")));
    std::string said;
    if (request.method == "POST") {
        const auto fields = formFields(request.body);
        if (!fields)
            co_return kept(jsonReply(400, refusal("refused", fields.error().message, fields.error().place)));
        std::optional<model::AssignmentState> step;
        std::string text;
        for (const auto& [key, value] : *fields) {
            if (key == "step" && !value.empty()) {
                step = model::assignmentStateFrom(value);
                if (!step)
                    co_return kept(jsonReply(400, refusal("refused", "there is no such step")));
            } else if (key == "text") {
                text = base::clipped(value, mostSaid);
            }
        }
        if (!base::isUtf8(text))
            co_return kept(jsonReply(400, refusal("refused", "the text is not UTF-8")));
        using Said = base::Result<void>;
        Said dropped = base::fail(Code::unavailable, "the desk is being closed");
        auto begin = [&](std::function<void(Said)> done) { door->say(token, step, text, std::move(done)); };
        const auto result = co_await await(dropped, begin);
        if (!result)
            co_return kept(busyReply("the desk is busy"));
        if (!*result) {
            if (result->error().code == Code::unavailable)
                co_return kept(busyReply(result->error().message));
            said = result->error().message;
        }
        if (auto now = door->order(token))
            order = std::move(now);
        if (*result && step && order->state < *step)
            order->state = *step; // committed, though this copy has not heard of it yet
    }
    co_return m_shared->page.team(language, token, *order, said, exercise());
}

} // namespace tocsin::ingest
