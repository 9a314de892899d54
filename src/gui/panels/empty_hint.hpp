#pragma once

#include <QLabel>

class QScrollArea;

namespace tocsin::gui {

/// What to do, in the middle of a page that shows nothing yet, in place of its empty fields.
class EmptyHint : public QLabel {
    Q_OBJECT
  public:
    explicit EmptyHint(QScrollArea& area);
    /// Instead of the area's page, or that again.
    void stand(bool instead);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QScrollArea& m_area;
};

} // namespace tocsin::gui
