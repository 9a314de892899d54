#pragma once

#include "tocsin/gui/resources_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <QTimer>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;
class QTabWidget;

namespace tocsin::gui {

class ResourceForm;
class ResourceHistory;
class ResourceTable;

/// The resource database: a table that is searched and filtered, a form for every field of the record that is chosen, its history, and what can be
/// done with those selected. Modeless. GUI thread.
class ResourcesWindow : public QDialog {
    Q_OBJECT
  public:
    /// `resources` must outlive it.
    ResourcesWindow(const UiContext& ui, ResourcesDesk& resources, QWidget* parent = nullptr);
    ~ResourcesWindow() override;

    void select(model::ResourceId id);
    [[nodiscard]] bool isDirty() const;

  signals:
    void capabilitiesWanted(); ///< their tables are to be opened
    void rosterWanted(tocsin::model::ResourceId id); ///< nil: no record is chosen

  protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void reject() override; ///< asks where something would be lost

  private:
    void build();
    void retranslate();
    void look();      ///< the search and the filters anew
    void count();     ///< how many there are, or what to do where there are none
    void choose();    ///< the form follows the table
    void history();
    void enable();
    void newRecord(model::ResourceKind kind);
    void save();
    void importFile();
    void exportFile();
    void print();
    void say(const QString& sentence, bool bad = false);
    [[nodiscard]] std::vector<model::ResourceId> chosen() const;

    UiContext m_ui;
    ResourcesDesk& m_desk;
    ResourceTable* m_table;
    QTimer m_soon;
    int m_question{0}; ///< of the newest search
    QLabel* m_heading;
    QLabel* m_hint;
    QLineEdit* m_search;
    QComboBox* m_kind;
    QComboBox* m_status;
    QComboBox* m_attention;
    QTableView* m_view;
    QLabel* m_empty;
    QLabel* m_count;
    QPushButton* m_new;
    QPushButton* m_setStatus;
    QPushButton* m_stock;
    QPushButton* m_counted;
    QPushButton* m_checked;
    QPushButton* m_bulk;
    QPushButton* m_retire;
    QPushButton* m_roster;
    QPushButton* m_import;
    QPushButton* m_export;
    QPushButton* m_print;
    QPushButton* m_typing;
    QTabWidget* m_tabs;
    ResourceForm* m_form;
    ResourceHistory* m_history;
    QLabel* m_said;
    QPushButton* m_discard;
    QPushButton* m_save;
};

} // namespace tocsin::gui
