#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/base/toml.hpp"
#include "tocsin/county/config.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

// How config.toml is read: what is wrong is thrown as a Fault, which parseConfig() catches.

namespace tocsin::county::settings {

struct Fault {
    base::Error error;
};

[[nodiscard]] base::Place placeOf(const toml::source_region& source);
[[noreturn]] void fault(const toml::node& node, std::string why, base::Code code = base::Code::malformed);
[[nodiscard]] std::string quoted(std::string_view text);

/// A table of which only known keys may be there: a mistyped setting is told, not passed over.
class Section {
  public:
    Section(const toml::node& node, std::string name);
    void only(std::initializer_list<std::string_view> keys) const;
    [[nodiscard]] const toml::node* find(std::string_view key) const { return m_table->get(key); }
    [[nodiscard]] std::string path(std::string_view key) const { return m_name + "." + std::string(key); }

    void read(std::string_view key, std::string& out) const;
    void read(std::string_view key, bool& out) const;
    void read(std::string_view key, double& out, double lowest, double highest) const;
    void read(std::string_view key, int& out, int lowest, int highest) const;
    void read(std::string_view key, base::Duration& out, base::Duration least) const;
    void read(std::string_view key, std::vector<std::string>& out) const;
    void read(std::string_view key, Endpoint& out) const;

    [[nodiscard]] static std::string string(const toml::node& node, const std::string& what);

  private:
    std::string m_name;
    const toml::table* m_table;
};

/// "text" or { text = "…", zh_CN = "…" }; `others` are keys that are not languages.
[[nodiscard]] base::LocalText localText(const toml::node& node, const std::string& what,
                                        std::initializer_list<std::string_view> others = {});

/// { latitude = …, longitude = … }
[[nodiscard]] model::Position readPosition(const toml::node& node, const std::string& what);

void readWatches(const toml::node& node, Config& config);
void readDispatch(const toml::node& node, DispatchWord& dispatch);
void readAlarms(const toml::node& node, std::map<std::string, OwnAlarmWord>& own);

} // namespace tocsin::county::settings
