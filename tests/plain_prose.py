"""A report and a guide, as each is written."""

REPORT = (
    "Police arrested four men on Tuesday after a fire destroyed a mill in Brackwater and "
    "forced 200 residents from their homes. “It went up in minutes,” said Lena Orcutt, "
    "who runs the café across the road. “We could feel the heat through the glass.” The "
    "fire chief, Tomas Weld, told reporters that 60 crew members had worked through the "
    "night. Two firefighters were treated for smoke, a spokesman confirmed. A court is "
    "expected to hear the case on Friday.\n\n"
)
GUIDE = (
    "Do you want to sleep better? Here are some easy tips that can help you. Choose the "
    "right mattress and avoid screens. You should keep your room cool. Our experts offer "
    "the best solutions for your needs. Contact us to learn more.\n\n"
)
