#pragma once

#include "tocsin/gui/resources_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <stop_token>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace tocsin::gui {

/// A table of others into the resource database, the rosters or the call-down lists: file, meaning of the columns with the first rows, what would become of it with each fault, taking it.
class ImportWizard : public QDialog {
    Q_OBJECT
  public:
    ImportWizard(const UiContext& ui, ResourcesDesk& desk, QWidget* parent, ResourcesDesk::Tables what = ResourcesDesk::Tables::resources);
    ~ImportWizard() override;

    void openFile(const QString& path);

  private:
    [[nodiscard]] QString title() const;
    void pick();
    void showColumns();
    void showTable(int table);
    void tryOut();
    void showTrial(const ResourcesDesk::Trial& trial);
    void take();
    void busy(const QString& what);
    void idle();
    void fail(const base::Error& error);

    UiContext m_ui;
    ResourcesDesk& m_desk;
    ResourcesDesk::Tables m_what;
    ResourcesDesk::Opened m_opened;
    std::stop_source m_stop;
    QStackedWidget* m_pages;
    QLabel* m_heading;
    QLineEdit* m_file;
    QComboBox* m_encoding;
    QPushButton* m_pick;
    QComboBox* m_tables;
    QTableWidget* m_columns;
    QComboBox* m_kind;
    QComboBox* m_datum;
    QLabel* m_outcome;
    QTableWidget* m_faults;
    QLabel* m_said;
    QProgressBar* m_progress;
    QPushButton* m_cancel;
    QPushButton* m_back;
    QPushButton* m_next;
    bool m_working{false};
};

} // namespace tocsin::gui
