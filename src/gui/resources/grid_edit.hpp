#pragma once

#include <QStringList>
#include <QWidget>
#include <vector>

class QPushButton;
class QTableWidget;

namespace tocsin::gui {

/// Rows of short texts that a person edits in place: Tab goes on, the last row's end adds another, Ctrl+Delete takes one away.
class GridEdit : public QWidget {
    Q_OBJECT
  public:
    explicit GridEdit(int columns, QWidget* parent);

    void setHeader(const QStringList& header, const QString& add, const QString& remove);
    void set(const std::vector<QStringList>& rows);
    /// Rows that are not empty; texts trimmed.
    [[nodiscard]] std::vector<QStringList> rows() const;
    void setReadOnly(bool readOnly);

  signals:
    void edited();

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void fit();
    void addRow(const QStringList& texts);

    QTableWidget* m_table;
    QPushButton* m_add;
    QPushButton* m_remove;
    bool m_filling{false};
};

} // namespace tocsin::gui
