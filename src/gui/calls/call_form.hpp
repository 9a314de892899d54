#pragma once

#include "gui/calls/call_draft.hpp"
#include "gui/calls/call_fields.hpp"
#include "gui/calls/place_field.hpp"

#include <QWidget>
#include <map>

class QGridLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace tocsin::gui {

/// Every field of a call's record, in the order in which a voice tells: where, what, who is hurt, when; who calls and
/// whom they have told; then, folded, cause, course, measures, result and trend. Enter and Tab go on to the next field.
class CallForm : public QWidget {
    Q_OBJECT
  public:
    CallForm(const UiContext& ui, PlaceField::Parts places, const CallDraft& draft, QWidget* parent);

    void read(CallDraft& draft) const; ///< puts what stands in the fields into the draft
    [[nodiscard]] PlaceField& place() { return *m_place; }
    [[nodiscard]] QString category() const { return m_category->category(); }
    [[nodiscard]] bool unfolded() const;
    void unfold(bool open);
    /// By the letter that a section's heading shows: W, T, H, N, C, M.
    void goTo(char section);
    void chooseCategory(int number) { m_category->chooseByNumber(number); }
    void words();

  signals:
    void changed();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QLineEdit* addLine(const char* name, int most);
    QLabel* addLabel(const char* name);
    void addRow(QGridLayout& grid, int row, const char* left, QWidget* field, const char* right = nullptr,
                QWidget* second = nullptr);
    void makeMore(QGridLayout& grid, int& row);
    void fill(const CallDraft& draft);
    void orderTabs();

    UiContext m_ui;
    bool m_amends;
    PlaceField* m_place;
    CategoryRow* m_category;
    QPlainTextEdit* m_text;
    HappenedField* m_happened;
    QPushButton* m_fold;
    QWidget* m_more;
    std::map<QString, QLineEdit*> m_lines;        ///< by the draft's name
    std::map<QString, QPlainTextEdit*> m_longer; ///< the same, of several lines
    std::map<QString, QLabel*> m_labels;
};

} // namespace tocsin::gui
