#pragma once

#include "tocsin/gui/feeds_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QVector>
#include <QWidget>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace tocsin::gui {

/// Who ought to speak beside the feeds themselves: villages, people, stations. Each with what counts as its word, and after
/// what silence there is an alarm.
class WatchPage : public QWidget {
    Q_OBJECT
  public:
    WatchPage(const UiContext& ui, FeedsDesk& feeds, QWidget* parent = nullptr);
    void refresh(); ///< reads them anew; what is being edited stays
    void retranslate();

  private:
    void fill(const QString& chosen);
    void edit(const std::optional<desk::Watch>& watch); ///< nothing: a new one
    void adapt();
    void save(bool remove);
    [[nodiscard]] base::Result<desk::Watch> read() const;

    UiContext m_ui;
    FeedsDesk& m_feeds;
    std::vector<desk::Watch> m_all;
    std::optional<desk::Watch> m_base; ///< the one that is edited; what the form does not show stays as it was
    bool m_dirty{false};
    QLabel* m_hint;
    QTreeWidget* m_list;
    QVector<QLabel*> m_labels;
    QLineEdit* m_id;
    QLineEdit* m_name;
    QLineEdit* m_chinese;
    QLineEdit* m_fromFeeds;
    QLineEdit* m_sensors;
    QLineEdit* m_units;
    QLineEdit* m_silent;
    QComboBox* m_severity;
    QLineEdit* m_position;
    QLabel* m_error;
    QPushButton* m_new;
    QPushButton* m_remove;
    QPushButton* m_save;
};

} // namespace tocsin::gui
