#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <QTimer>
#include <memory>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace tocsin::gui {

class MapPointing;
class MapView;
class SensorForm;
class SensorTable;

/// The register of sensors: a table that is searched, and a form for the one that is chosen or for a new one. Only what is
/// in the register is listened to. Retired ones are shown where that is asked for: Delete retires those that are chosen, Ctrl+Z
/// brings them back; Enter shows one's readings in the details. Modeless. GUI thread.
class SensorsWindow : public QDialog {
    Q_OBJECT
  public:
    /// `map` may be null, else it must outlive this: a place is pointed at on it.
    SensorsWindow(const UiContext& ui, MapView* map, QWidget* parent = nullptr);
    ~SensorsWindow() override;

    void select(const model::SensorId& id);
    /// Opens the form for a new one with what is known of it; one that is in the register is selected.
    void offer(const model::Sensor& known);
    [[nodiscard]] bool isDirty() const;

  protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override; ///< the table's Delete and Ctrl+Z
    void reject() override; ///< asks where something would be lost

  private:
    void build();
    void retranslate();
    void look();   ///< the search anew
    void choose(); ///< the form follows the table
    void enable();
    void discard();
    void save();
    void point();
    void retire();
    void bringBack();
    [[nodiscard]] std::vector<model::SensorId> chosen(bool retired, std::size_t most) const;
    [[nodiscard]] std::vector<model::SensorId> toBringBack(std::size_t most) const; ///< the retired ones chosen, else those that were retired last
    void say(const QString& sentence, bool bad = false);

    UiContext m_ui;
    SensorTable* m_table;
    QTimer m_soon;
    QTimer m_tick;
    QLabel* m_heading;
    QLabel* m_hint;
    QLineEdit* m_search;
    QComboBox* m_shown;
    QTableView* m_view;
    QLabel* m_empty;
    QLabel* m_count;
    QPushButton* m_new;
    QPushButton* m_retire;
    QPushButton* m_back;
    SensorForm* m_form;
    QLabel* m_said;
    QPushButton* m_discard;
    QPushButton* m_save;
    std::unique_ptr<MapPointing> m_pointing;
    bool m_sending{false};
    std::vector<model::SensorId> m_lastRetired; ///< here, at once
};

} // namespace tocsin::gui
