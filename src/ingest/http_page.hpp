#pragma once

#include "ingest/http_message.hpp"
#include "tocsin/ingest/http_server.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace tocsin::ingest {

/// The page for citizens, in each language, and its files. Thread safe.
class WebPage {
  public:
    explicit WebPage(const HttpOptions& options);

    /// The form. `token` becomes the report's id, so that a form sent twice is one report. At most 500 of `places`, which
    /// may be null, are offered.
    [[nodiscard]] HttpReply form(const std::string& language, const std::string& token, bool exercise,
                                 const PageMap::Names& places) const;
    /// What a browser without script shows after sending.
    [[nodiscard]] HttpReply result(const std::string& language, unsigned status, const std::string& receipt,
                                   const std::string& reason, bool exercise) const;
    /// A team's own page (http_team.cpp). `said`: why the last act was refused; empty where it was not.
    [[nodiscard]] HttpReply team(const std::string& language, std::string_view token, const TeamOrder& order,
                                 const std::string& said, bool exercise) const;
    /// "/style.css", "/page.js", "/icon.svg".
    [[nodiscard]] std::optional<HttpReply> file(std::string_view path) const;

  private:
    using Words = std::map<std::string, std::string>;
    using Html = std::shared_ptr<const std::string>;
    /// `choices` goes where a file has {{{ }}}.
    [[nodiscard]] HttpReply fill(std::string_view name, const std::string& language, Words words, bool exercise,
                                 const std::string& choices = {}) const;
    [[nodiscard]] Html choicesOf(const PageMap::Names& places) const;

    std::map<std::string, std::string, std::less<>> m_files;
    std::map<std::string, Words> m_words;
    mutable std::mutex m_mutex; ///< guards what follows
    mutable PageMap::Names m_places; ///< of which the choices are made
    mutable Html m_choices;
};

/// The part of an id that a person can read out: its last eight digits in two groups.
[[nodiscard]] std::string shortReceipt(std::string_view id);

} // namespace tocsin::ingest
