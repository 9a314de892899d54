#pragma once

#include "gui/dispatch/dispatch_page.hpp"

#include <QDialog>
#include <vector>

class QComboBox;
class QDateTimeEdit;
class QCheckBox;
class QDoubleSpinBox;
class QPlainTextEdit;
class QTreeWidget;
class QVBoxLayout;

namespace tocsin::gui {

/// What other counties and enterprises were asked to lend, and what came of it. GUI thread.
class AidPage : public DispatchPage {
    Q_OBJECT
  public:
    AidPage(const UiContext& ui, QWidget* parent);
    void refresh() override;
    void retranslate() override;
    void takeFocus() override;
    void draft(const model::AidRequest& request); ///< opens the form with it

  private:
    void choose();
    void advance(model::AidState to);
    void exportEdxl();
    [[nodiscard]] const model::AidRequest* current() const;
    [[nodiscard]] QString text() const;

    QTreeWidget* m_list;
    QPlainTextEdit* m_text;
    QLabel* m_empty;
    QPushButton* m_new;
    QPushButton* m_edit;
    QPushButton* m_copy;
    QPushButton* m_print;
    QPushButton* m_edxl;
    std::vector<std::pair<model::AidState, QPushButton*>> m_steps;
};

/// The form of a request: to whom, what, how much, by when, in what words.
class AidForm final : public AskingDialog {
    Q_OBJECT
  public:
    /// `save` sends by ask() of the form that it is given.
    AidForm(const UiContext& ui, model::AidRequest request, std::function<void(AskingDialog& form, model::AidRequest)> save, QWidget* parent);

  private:
    struct Row {
        QComboBox* thing;
        QDoubleSpinBox* quantity;
    };
    void addRow(const model::AidItem& item);
    [[nodiscard]] bool isWhole() const override;
    [[nodiscard]] model::AidRequest request() const;

    UiContext m_ui;
    model::AidRequest m_request;
    QComboBox* m_incident;
    QComboBox* m_partner;
    std::vector<Row> m_rows;
    QVBoxLayout* m_items;
    QCheckBox* m_timed;
    QDateTimeEdit* m_by;
    QPlainTextEdit* m_message;
    QPushButton* m_save;
    std::vector<model::AidItem> m_things; ///< what may be asked for
};

/// How much they lend of each thing, where they promise it, or how much has come, and what they said.
class AidAnswer final : public AskingDialog {
    Q_OBJECT
  public:
    using Answer = std::function<void(AskingDialog& dialog, std::vector<double> lent, const QString& note)>;
    /// `answer` sends by ask() of the dialog that it is given.
    AidAnswer(const UiContext& ui, const model::AidRequest& request, model::AidState to, Answer answer, QWidget* parent);

  private:
    [[nodiscard]] bool isWhole() const override;

    std::vector<QDoubleSpinBox*> m_lent;
};

} // namespace tocsin::gui
