#include "ingest/decode_sensor_json.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace tocsin::ingest {

using base::Code;
using simdjson::SUCCESS;

namespace {

constexpr std::size_t mostNodes = 1'000'000;

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// How long a JSON value is that begins here; the text is well-formed.
std::size_t extentOf(std::string_view text) {
    int depth = 0;
    bool inText = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inText) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inText = false;
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (--depth < 0)
                return i;
            if (depth == 0)
                return i + 1;
            continue;
        } else if (depth == 0 && (c == ',' || isBlank(c))) {
            return i;
        }
        if (depth == 0 && !inText && c == '"')
            return i + 1;
    }
    return text.size();
}

} // namespace

base::Result<std::unique_ptr<JsonTree>> JsonTree::read(std::string_view bytes) {
    auto input = JsonInput::read(bytes);
    if (!input)
        return tl::unexpected(std::move(input.error()));
    auto tree = std::unique_ptr<JsonTree>(new JsonTree());
    tree->m_input = std::move(*input);
    const auto built = tree->m_input->walk<bool>([&](simdjson::ondemand::document& document) {
        tree->build(document);
        return true;
    });
    if (!built)
        return tl::unexpected(built.error());
    return tree;
}

base::Result<std::unique_ptr<JsonTree>> JsonTree::bareText(std::string_view bytes) {
    std::size_t bad = 0;
    if (!base::isUtf8(bytes, &bad))
        return base::fail(Code::malformed, "a byte that is not UTF-8", TextLines(bytes).at(bad));
    auto tree = std::unique_ptr<JsonTree>(new JsonTree());
    tree->m_text = trimmed(bytes);
    JsonNode node;
    node.kind = JsonNode::Kind::text;
    node.text = tree->m_text;
    tree->m_nodes.push_back(node);
    return tree;
}

void JsonTree::build(simdjson::ondemand::document& document) {
    m_nodes.reserve(std::min<std::size_t>(mostNodes, m_input->text().size() / 8 + 4));
    m_nodes.emplace_back();
    simdjson::ondemand::json_type type = document.type();
    JsonNode& root = m_nodes.front();
    if (type == simdjson::ondemand::json_type::object || type == simdjson::ondemand::json_type::array) {
        fill(0, document.get_value());
        return;
    }
    root.at = document.current_location().value();
    if (type == simdjson::ondemand::json_type::string) {
        root.kind = JsonNode::Kind::text;
        root.text = document.get_string();
    } else if (type == simdjson::ondemand::json_type::boolean) {
        root.kind = JsonNode::Kind::boolean;
        root.number = document.get_bool().value() ? 1 : 0;
    } else if (type == simdjson::ondemand::json_type::number) {
        root.kind = JsonNode::Kind::number;
        if (document.get_double().get(root.number) != SUCCESS)
            root.number = std::numeric_limits<double>::infinity();
    }
}

std::size_t JsonTree::add(std::size_t previous, std::size_t parent, std::string_view key) {
    const auto index = m_nodes.size();
    if (index >= mostNodes)
        m_input->fail(Code::tooLarge, "more than a million values in one document", m_nodes[previous].at);
    m_nodes.emplace_back();
    m_nodes.back().key = key;
    const auto link = static_cast<std::uint32_t>(index);
    if (previous == parent)
        m_nodes[parent].first = link;
    else
        m_nodes[previous].next = link;
    return index;
}

/// Depth is bounded: the form was checked before.
void JsonTree::fill(std::size_t index, simdjson::ondemand::value value) { // NOLINT(misc-no-recursion)
    m_nodes[index].at = value.raw_json_token().data();
    std::size_t last = index;
    switch (value.type().value()) {
    case simdjson::ondemand::json_type::object: {
        m_nodes[index].kind = JsonNode::Kind::object;
        simdjson::ondemand::object object = value.get_object().value(); // a loop over the temporary would outlive it
        for (auto&& each : object) {
            simdjson::ondemand::field field;
            if (const auto error = std::move(each).get(field); error != SUCCESS)
                throw simdjson::simdjson_error(error);
            const std::string_view key = field.unescaped_key();
            last = add(last, index, key);
            fill(last, field.value());
        }
        break;
    }
    case simdjson::ondemand::json_type::array: {
        m_nodes[index].kind = JsonNode::Kind::array;
        simdjson::ondemand::array array = value.get_array().value();
        for (auto each : array) {
            last = add(last, index, {});
            fill(last, each.value());
        }
        break;
    }
    case simdjson::ondemand::json_type::string:
        m_nodes[index].kind = JsonNode::Kind::text;
        m_nodes[index].text = value.get_string();
        break;
    case simdjson::ondemand::json_type::number:
        m_nodes[index].kind = JsonNode::Kind::number;
        if (value.get_double().get(m_nodes[index].number) != SUCCESS)
            m_nodes[index].number = std::numeric_limits<double>::infinity();
        break;
    case simdjson::ondemand::json_type::boolean:
        m_nodes[index].kind = JsonNode::Kind::boolean;
        m_nodes[index].number = value.get_bool().value() ? 1 : 0;
        break;
    case simdjson::ondemand::json_type::null:
        break;
    }
}

const JsonNode* JsonTree::member(const JsonNode* of, std::string_view key) const {
    if (of == nullptr || !of->isObject())
        return nullptr;
    for (const JsonNode* one = child(*of); one != nullptr; one = next(*one))
        if (one->key == key)
            return one;
    return nullptr;
}

std::string_view JsonTree::textOf(const JsonNode* of, std::string_view key) const {
    const JsonNode* found = member(of, key);
    return found != nullptr && found->isText() ? found->text : std::string_view();
}

const JsonNode* JsonTree::find(const JsonNode& from, std::string_view pointer) const {
    const JsonNode* here = &from;
    while (!pointer.empty() && here != nullptr) {
        if (pointer.front() != '/')
            return nullptr;
        pointer.remove_prefix(1);
        const auto end = std::min(pointer.find('/'), pointer.size());
        std::string step;
        for (std::size_t i = 0; i < end; ++i) {
            const bool escaped = pointer[i] == '~' && i + 1 < end && (pointer[i + 1] == '0' || pointer[i + 1] == '1');
            step += escaped ? (pointer[++i] == '0' ? '~' : '/') : pointer[i];
        }
        pointer.remove_prefix(end);
        if (here->isArray()) {
            std::size_t wanted = 0;
            const auto [stop, error] = std::from_chars(step.data(), step.data() + step.size(), wanted);
            if (error != std::errc{} || stop != step.data() + step.size())
                return nullptr;
            here = child(*here);
            for (; here != nullptr && wanted > 0; --wanted)
                here = next(*here);
        } else {
            here = member(here, step);
        }
    }
    return here;
}

base::Place JsonTree::place(const JsonNode& node) const {
    return m_input ? m_input->place(node.at) : base::Place{.line = 1, .column = 1, .byte = 0};
}

std::string_view JsonTree::raw(const JsonNode& node) const {
    if (!m_input || node.at == nullptr)
        return m_text;
    const auto text = m_input->text();
    // The document is a padded copy of the text, so that distances in them are the same.
    const auto offset = static_cast<std::size_t>(node.at - root().at) + (text.size() - text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size())).size());
    const auto rest = text.substr(std::min(offset, text.size()));
    return rest.substr(0, extentOf(rest));
}

std::size_t eachJsonDocument(std::string_view bytes, Decoded& out,
                      const std::function<void(const JsonTree& tree, std::size_t number)>& use) {
    std::size_t good = 0;
    const auto one = [&](std::string_view document, std::size_t number, std::size_t lines, std::size_t start) {
        base::Error error;
        auto tree = JsonTree::read(document);
        if (!tree) {
            error = std::move(tree.error());
        } else {
            try {
                use(**tree, number);
                ++good;
                return;
            } catch (const JsonFault& fault) {
                error = fault.error;
            }
        }
        error.place.line = error.place.line.value_or(1) + lines;
        error.place.byte = error.place.byte.value_or(0) + start;
        if (out.faults.size() < 10'000)
            out.faults.push_back({std::move(error), std::string(document)});
    };
    const auto body = trimmed(bytes);
    const auto firstLine = trimmed(body.substr(0, body.find('\n')));
    if (firstLine.size() == body.size() || checkJson(firstLine)) {
        one(bytes, 0, 0, 0);
        return good;
    }
    std::size_t number = 0;
    std::size_t lines = 0;
    for (std::size_t at = 0; at < bytes.size(); ++lines) {
        const auto end = std::min(bytes.find('\n', at), bytes.size());
        const auto line = bytes.substr(at, end - at);
        if (!trimmed(line).empty())
            one(line, number++, lines, at);
        at = end + 1;
    }
    return good;
}

base::Result<Decoded> wholeOrFirstFault(Decoded out, std::size_t good) {
    const bool nothing = out.messages.empty() && out.links.empty() && (good == 0 || out.deviations.empty());
    if (nothing && !out.faults.empty())
        return tl::unexpected(std::move(out.faults.front().error));
    return out;
}

void eachNumber(const JsonTree& tree, const JsonNode& from, bool words,
                const std::function<bool(int depth, std::string_view key)>& skip, const JsonNumbers& use) {
    constexpr std::size_t most = 1'000;
    struct Level {
        const JsonNode* node;
        std::size_t index;
        bool inArray;
        std::size_t pathSize;
    };
    std::string path;
    std::size_t count = 0;
    std::vector<Level> levels{{tree.child(from), 0, from.isArray(), 0}};
    while (!levels.empty() && count < most) {
        Level& level = levels.back();
        path.resize(level.pathSize);
        const JsonNode* const node = level.node;
        if (node == nullptr) {
            levels.pop_back();
            continue;
        }
        const std::string number = std::to_string(level.index);
        const std::string_view key = level.inArray ? std::string_view(number) : node->key;
        const int depth = static_cast<int>(levels.size()) - 1;
        level.node = tree.next(*node);
        ++level.index;
        if (!level.inArray && skip && skip(depth, key))
            continue;
        if (!path.empty())
            path += '-';
        path += key;
        if (node->isObject() || node->isArray()) {
            levels.push_back({tree.child(*node), 0, node->isArray(), path.size()});
            continue;
        }
        std::optional<double> value;
        if (node->isNumber() || node->kind == JsonNode::Kind::boolean)
            value = node->number;
        else if (node->isText() && words)
            value = numberOfWord(node->text);
        if (value && *value - *value == 0) {
            use(path, key, *value);
            ++count;
        }
    }
}

} // namespace tocsin::ingest
