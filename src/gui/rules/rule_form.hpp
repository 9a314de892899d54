#pragma once

#include "gui/rules/rule_fields.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QWidget>
#include <optional>
#include <vector>

class QFormLayout;
class QLabel;

namespace tocsin::gui {

/// One rule as a form: what it says, what it looks at, and what becomes of its alarm.
class RuleForm : public QWidget {
    Q_OBJECT
  public:
    explicit RuleForm(const UiContext& ui, QWidget* parent = nullptr);

    void show(const detect::Rule& rule);
    void clear();
    void retranslate();
    /// A field holds what it may not.
    [[nodiscard]] bool hasFault() const;

  signals:
    void edited(const tocsin::detect::Rule& rule);
    void faulty(); ///< a field came to hold what it may not

  private:
    struct Row {
        RuleField field;
        QLabel* label;
        QWidget* editor;
        QLabel* unit;
        bool bad{false};
    };
    void makeRows(QFormLayout* into, const std::vector<RuleField>& fields, std::vector<Row>& rows);
    void makeCondition(const QString& kind);
    void load(std::vector<Row>& rows);
    void name(std::vector<Row>& rows);
    void take(Row& row);
    [[nodiscard]] static QString textIn(const Row& row);

    UiContext m_ui;
    detect::Rule m_rule;
    QString m_kind;
    bool m_loading{false};
    QLabel* m_what;
    QLabel* m_says;
    QLabel* m_life;
    QLabel* m_explained;
    QFormLayout* m_commonForm;
    QFormLayout* m_lifeForm;
    QWidget* m_condition{nullptr};
    QWidget* m_conditionPlace;
    std::vector<Row> m_commonRows;
    std::vector<Row> m_conditionRows;
    std::vector<Row> m_lifeRows;
};

} // namespace tocsin::gui
