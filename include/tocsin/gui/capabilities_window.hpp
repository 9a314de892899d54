#pragma once

#include "tocsin/gui/capabilities_desk.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QDialog>
#include <array>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;
class QTabWidget;

namespace tocsin::gui {

class TypingDraft;
class TypingModel;
class TypingRows;

/// What the county's resources can do, with levels, and its codes of GB/T 38565: two tables that are edited in place, each fault beside its cell,
/// and saved together. Modeless. GUI thread.
class CapabilitiesWindow : public QDialog {
    Q_OBJECT
  public:
    /// `desk` must outlive it.
    CapabilitiesWindow(const UiContext& ui, CapabilitiesDesk& desk, QWidget* parent = nullptr);
    ~CapabilitiesWindow() override;

    [[nodiscard]] bool isDirty() const;

  protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void reject() override; ///< asks where something would be lost

  private:
    struct Page {
        QWidget* widget{nullptr};
        TypingModel* model{nullptr};
        TypingRows* rows{nullptr};
        QLineEdit* filter{nullptr};
        QLabel* hint{nullptr};
        QTableView* view{nullptr};
        QLabel* empty{nullptr};
        QPushButton* add{nullptr};
        QPushButton* remove{nullptr};
        QPushButton* import{nullptr};
        QPushButton* exports{nullptr};
    };
    void build();
    void makePage(Page& page, model::TypingTable which, const QString& name);
    void retranslate();
    void read(); ///< as config.toml has them; what was edited is dropped
    void askAndRead();
    void save();
    void addRow();
    void removeRows();
    void importFile();
    void exportFile();
    void nextFault();
    void enable();
    void goTo(Page& page, int row, int section, bool edit);
    void endEditing(); ///< what is being typed counts
    void say(const QString& sentence, bool bad = false);
    [[nodiscard]] Page& page();

    UiContext m_ui;
    CapabilitiesDesk& m_desk;
    TypingDraft* m_draft;
    std::array<Page, 2> m_pages; ///< by TypingTable
    bool m_waiting{true};        ///< for the tables, or for their saving
    bool m_read{false};          ///< the tables are here
    QLabel* m_heading;
    QTabWidget* m_tabs;
    QLabel* m_faults;
    QPushButton* m_next;
    QLabel* m_said;
    QPushButton* m_again;
    QPushButton* m_save;
};

} // namespace tocsin::gui
