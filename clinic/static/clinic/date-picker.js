/*
 * The date pickers of the admin never change what somebody typed: the server reads it, or says what it cannot read.
 *
 * The calendar is open only while the field is empty or holds what a calendar writes: picking a
 * day keeps the time in the field, and of other text the picker would make a time that nobody typed.
 */
(() => {
  const formatter = new DateFormatter();
  const { defaults } = jQuery.fn.datetimepicker;

  // In a dialog the button that saves stands right below: the calendar goes beside its field, or above it.
  const placeInDialog = (calendar, field) => {
    const { left, right, top } = field.getBoundingClientRect();
    const isBeside = right + calendar.outerWidth() <= window.innerWidth;
    const put = (side, pixels) => calendar.css(side, Math.max(pixels, 0));
    put("left", isBeside ? right : Math.min(left, window.innerWidth - calendar.outerWidth()));
    const height = calendar.outerHeight(); // which follows from the room to the right
    put("top", isBeside ? Math.min(top, window.innerHeight - height) : top - height);
    calendar.css("bottom", "");
  };

  defaults.validateOnBlur = false;
  defaults.onShow = function (moment, input) {
    const text = input.val();
    const isReadable = !text || formatter.formatDate(moment, this.data("options").format) === text;
    // Once the picker, which goes on when this returns, has placed it.
    if (isReadable && input.closest(".w-dialog").length) requestAnimationFrame(() => placeInDialog(this, input[0]));
    return isReadable;
  };
  document.addEventListener("input", (event) => {
    jQuery(event.target).data("xdsoft_datetimepicker")?.trigger("close.xdsoft");
  });
})();
