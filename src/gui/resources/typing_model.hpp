#pragma once

#include "gui/resources/typing_draft.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QAbstractTableModel>
#include <QCoreApplication>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>
#include <vector>

namespace tocsin::gui {

/// Words of the window of capabilities and codes.
class TypingWords {
    Q_DECLARE_TR_FUNCTIONS(tocsin::gui::TypingWords)
  public:
    [[nodiscard]] static QString column(model::TypingColumn column);
    [[nodiscard]] static QString fault(const model::TypingFault& fault);
    /// "3 records, 1 plan: FL 1001, Flood"
    [[nodiscard]] static QString use(const model::CapabilityUse& use, const QString& language);
    /// Why a capability that is used keeps its code.
    [[nodiscard]] static QString kept(const model::CapabilityUse& use, const QString& language);
};

/// One of the draft's tables as rows that are edited in place: its code, what is wrong in the row, then the other columns.
class TypingModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    static constexpr int wrongSection = 1;

    /// The draft must outlive it.
    TypingModel(const UiContext& ui, TypingDraft& draft, model::TypingTable which, QObject* parent);

    [[nodiscard]] model::TypingTable which() const { return m_which; }
    [[nodiscard]] int sectionOf(model::TypingColumn column) const;
    [[nodiscard]] model::TypingColumn columnAt(int section) const; ///< not of wrongSection
    void setEditable(bool editable) { m_editable = editable; }
    void retranslate();
    /// What is wrong in a cell; empty: nothing.
    [[nodiscard]] QString wrongIn(int row, int section) const;
    /// All that a row shows, folded for search, a cell a line; kept until something is edited.
    [[nodiscard]] const QString& lettersIn(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

  private:
    [[nodiscard]] QString wrongInRow(int row) const;

    UiContext m_ui;
    TypingDraft& m_draft;
    model::TypingTable m_which;
    bool m_editable{true};
    mutable std::vector<QString> m_letters; ///< by row; null: not asked for yet
};

/// The rows that show some letters in one of their cells. A row does not leave while it is typed into.
class TypingRows : public QSortFilterProxyModel {
    Q_OBJECT
  public:
    TypingRows(const TypingModel& model, QObject* parent);
    void showThoseWith(const QString& letters); ///< empty: all

  protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

  private:
    const TypingModel& m_model;
    QString m_letters; ///< folded
};

/// Completes the names of the other table, and kinds of resources, while a cell is typed into.
class TypingDelegate : public QStyledItemDelegate {
    Q_OBJECT
  public:
    TypingDelegate(const TypingDraft& draft, const TypingModel& model, QObject* parent);
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

  private:
    const TypingDraft& m_draft;
    const TypingModel& m_model;
};

} // namespace tocsin::gui
