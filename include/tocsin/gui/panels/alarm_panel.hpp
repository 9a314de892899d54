#pragma once

#include "tocsin/gui/panels/row_panel.hpp"
#include "tocsin/triage/alarm_board.hpp"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace Ui {
class AlarmPanel;
}

namespace tocsin::gui {

class AlarmFinder;
class WaitingBar;
struct AlarmTarget;

/// The alarms by severity, state and age (F2; there F2 again goes to the next that nobody has acknowledged): in a flood at most ten lines, each a group of one cause. Right or Enter opens a
/// group, Left closes it, a click on its mark does either, F finds in a large one. Space acknowledges the alarm or the
/// whole group, I opens an incident from it, K links it to one, S shelves, O takes out of service, R resets, H hands
/// over, U brings back. A shows what is set aside, M only one's own, L what the load is made of.
class AlarmPanel : public RowPanel {
    Q_OBJECT
  public:
    explicit AlarmPanel(const UiContext& context, QWidget* parent = nullptr);
    ~AlarmPanel() override;

    [[nodiscard]] QString panelTitle() const override;
    [[nodiscard]] QString panelCount() const override;
    [[nodiscard]] QStringList panelCountForms() const override;
    [[nodiscard]] QString emptyText() const override;
    /// To the next that nobody has acknowledged, if the keyboard was there already or nothing is chosen.
    void takeFocus() override;

  public slots:
    /// The selected alarm or group; with none selected the gravest that waits is selected first, so that nobody
    /// acknowledges unseen.
    void acknowledge();
    /// Of one that waits itself the next below it, and round; else the gravest. Leaves what is set aside.
    void nextUnacknowledged();
    void openIncident(); ///< or goes to the one that the alarm belongs to
    void openLoad();
    /// Opens the group that the alarm is a member of and goes to it there.
    void openGroupOf(model::AlarmId alarm);

  protected:
    void take(const Changes& changes) override;
    bool command(int key) override;
    void currentMoved() override;
    [[nodiscard]] std::vector<KeyAct> keyActs() const override;
    [[nodiscard]] Selected selectedFor(const base::Uuid& id) const override;
    [[nodiscard]] base::Uuid idIn(const Selected& selected) const override;
    void words() override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    class Model;
    void takeLines(); ///< from the watch, or of one's own
    void rebuild();
    void rebuildLines(bool anew);
    void rebuildAside();
    void find();
    void toggle(const triage::AlarmGroup& group);
    void showOpened(const base::Uuid& id);
    void selectionMoved();
    void goTo(int row); ///< none: -1
    void takeMine(const Changes& changes);
    [[nodiscard]] bool isMine(const model::Alarm& alarm) const;
    void showMore();
    void showCounts();
    bool fold(int key);
    [[nodiscard]] const triage::AlarmGroup* currentGroup() const; ///< null: a single alarm, or nothing
    [[nodiscard]] AlarmTarget target() const;

    std::unique_ptr<Ui::AlarmPanel> m_form;
    Model* m_model;
    AlarmFinder* m_finder;
    WaitingBar* m_waiting{nullptr};
    std::optional<triage::AlarmBoard> m_mine; ///< while only one's own are shown
    std::set<std::string> m_open;             ///< keys of the groups that are open
    bool m_peeked{false}; ///< a member of a closed group has a row, as it is selected
    // What a person did last in the list: selectedFor() remembers it.
    mutable base::Uuid m_group; ///< the group's row that was gone to; it selects the member to be looked at first
    mutable model::AlarmId m_groupPick;
    mutable bool m_fromList{false};
};

} // namespace tocsin::gui
