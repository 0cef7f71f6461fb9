"""Pictures from outside models: what a press of a button asks for, runs, paid calls, and who draws."""
