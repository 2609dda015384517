"""typeset/ turns a Story, a theme and panels into placed pages: lines, rules, grounds and pictures at fixed positions."""
