#pragma once

#include "tocsin/gui/ui_context.hpp"

#include <QCoreApplication>
#include <QDialog>
#include <functional>
#include <optional>
#include <vector>

class QFormLayout;
class QLabel;
class QPushButton;

namespace tocsin::gui {

/// A few fields and one act, which is sent to the desk; what the desk refuses is said here, and nothing that was typed is lost.
class AskDialog : public QDialog {
    Q_OBJECT
  public:
    /// Gives the command, or says in `fault` what is wrong with the fields.
    using Make = std::function<std::optional<desk::CommandBody>(QString& fault)>;

    AskDialog(const UiContext& ui, const QString& title, const QString& act, QWidget* parent);

    [[nodiscard]] QFormLayout* fields() { return m_fields; }
    void setMake(Make make) { m_make = std::move(make); }
    /// What follows when the desk has done it.
    void setDone(std::function<void(const desk::Done&)> done) { m_done = std::move(done); }

  private:
    void act();

    UiContext m_ui;
    Make m_make;
    std::function<void(const desk::Done&)> m_done;
    QFormLayout* m_fields;
    QLabel* m_said;
    QPushButton* m_act;
};

/// A transfer as it is proposed.
struct StockProposal {
    std::optional<model::ResourceId> to;
    model::Stock batch; ///< of what is there
    double quantity{0};
    QString reason;
};

/// The dialogs of the resource database. Each shows itself and goes when it is done.
class ResourceDialogs {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::ResourceDialogs)
  public:
    static void status(const UiContext& ui, const std::vector<model::ResourceId>& ids, QWidget* parent);
    /// A movement of stock with its document, and its voucher to print if it is wanted; `proposal` with a receiver fills in a transfer.
    static void stock(const UiContext& ui, model::ResourceId id, QWidget* parent, const StockProposal& proposal = {});
    static void count(const UiContext& ui, model::ResourceId id, QWidget* parent);
    static void check(const UiContext& ui, model::ResourceId id, QWidget* parent);
    /// One field of many records.
    static void bulk(const UiContext& ui, const std::vector<model::ResourceId>& ids, QWidget* parent);
    static void retire(const UiContext& ui, const std::vector<model::ResourceId>& ids, QWidget* parent);
};

} // namespace tocsin::gui
