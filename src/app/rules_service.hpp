#pragma once

#include "app/rules_file.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/gui/bridge.hpp"
#include "tocsin/gui/rules_desk.hpp"

#include <QThreadPool>

namespace tocsin::app {

/// The rules as the window asks for them: changed through the desk, whose journal is before the file. GUI thread; the
/// bridge must outlive it.
class RulesService final : public gui::RulesDesk {
  public:
    /// `loaded`: as they were at the start. `reread`, at a seat: its desk goes by others, by no entry of the journal.
    RulesService(gui::DeskBridge& desk, county::CountyFolder folder, const LoadedRules& loaded, std::function<void()> reread = {});
    ~RulesService() override;

    [[nodiscard]] std::string text() const override { return m_text; }
    [[nodiscard]] base::LocalText trouble() const override { return m_trouble; }
    [[nodiscard]] std::string putAside() const override { return m_aside; }
    /// What has become of the file.
    void note(const RulesNotice& notice);
    void backtest(const detect::Rule& rule, std::vector<detect::Rule> others, base::Time from, base::Time to,
                  std::stop_token stop, QObject* context, std::function<void(double)> progress,
                  std::function<void(base::Result<detect::Backtest>)> answer) override;
    void lookBack(std::vector<detect::Rule> rules, std::stop_token stop, QObject* context,
                  std::function<void(double)> progress,
                  std::function<void(base::Result<std::vector<detect::Remark>>)> answer) override;
    void save(std::string toml, QObject* context, std::function<void(base::Result<void>)> answer) override;

  private:
    void followDesk();

    gui::DeskBridge& m_desk;
    std::function<void()> m_reread;
    bool m_reading{false}; ///< what the desk goes by, on a worker
    bool m_again{false};   ///< when that is done
    county::CountyFolder m_folder;
    std::string m_text;
    base::LocalText m_trouble;
    std::string m_aside;
    QObject m_listening; ///< to the desk's changes
    std::stop_source m_ending;
    QThreadPool m_workers;
};

} // namespace tocsin::app
