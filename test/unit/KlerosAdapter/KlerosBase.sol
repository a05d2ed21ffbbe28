// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {KlerosAdapter} from "../../../contracts/arbitration/KlerosAdapter.sol";
import {IKlerosAdapter} from "../../../contracts/interfaces/IKlerosAdapter.sol";
import {CourtMock} from "../../../contracts/mocks/CourtMock.sol";
import {BareToken} from "../../../contracts/mocks/tokens/BareToken.sol";
import {Rules} from "../../../contracts/types/Rules.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {RulesBuilder} from "../../support/RulesBuilder.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Deals whose arbiter is a court behind the adapter. The silent award is a fifth, so that it is no other choice's.
abstract contract KlerosBase is Base {
    using RulesBuilder for Rules;

    uint256 internal constant COST = 0.03 ether;
    uint256 internal constant APPEAL_COST = 0.09 ether;
    uint32 internal constant COURT_TIME = 90 days;
    bytes internal constant EXTRA = hex"0001";
    string internal constant META = "ipfs://question";

    CourtMock internal court;
    KlerosAdapter internal adapter;
    uint64 private _salt = 1;

    function setUp() public virtual override {
        super.setUp();
        court = _newCourt();
        court.setCosts(COST, APPEAL_COST);
        court.setAppealSeconds(3 days);
        adapter = new KlerosAdapter(escrow, court, EXTRA, META);
        vm.label(address(court), "court");
        vm.label(address(adapter), "adapter");
        vm.deal(stranger, 10 ether);
        vm.deal(seller, 10 ether);
    }

    function _newCourt() internal virtual returns (CourtMock) {
        return new CourtMock();
    }

    function _terms(address token) internal view override returns (Terms memory terms) {
        terms = super._terms(token);
        terms.arbiter = address(adapter);
        terms.rules = terms.rules.withRuling(COURT_TIME).withSilentAward(2_000);
    }

    /// @dev A further disputed deal, like the others but for its salt.
    function _disputedWith(Terms memory terms) internal returns (Terms memory) {
        terms.salt = ++_salt;
        _open(terms);
        vm.prank(buyer);
        escrow.dispute(terms, STATEMENT);
        return terms;
    }

    /// @dev A disputed deal in a token that the buyer still has to get.
    function _disputedIn(BareToken token) internal returns (Terms memory) {
        token.mint(buyer, USD_PRICE);
        return _disputedWith(_terms(address(token)));
    }

    function _request(Terms memory terms, address payer, uint256 value) internal returns (uint256 disputeID) {
        vm.prank(payer);
        (disputeID,) = adapter.requestRuling{value: value}(terms);
    }

    function _appeal(uint256 disputeID, address payer, uint256 value) internal {
        vm.prank(payer);
        adapter.appeal{value: value}(disputeID);
    }

    /// @dev The court's final word, its time for appeals over.
    function _courtRules(uint256 disputeID, uint256 ruling) internal {
        court.giveRuling(disputeID, ruling);
        vm.warp(block.timestamp + 3 days + 1);
        court.executeRuling(disputeID);
    }

    /// @dev A disputed deal that the buyer brought before the court and that the court decided half and half.
    function _executed(address token) internal returns (Terms memory terms) {
        terms = _disputedWith(_terms(token));
        _courtRules(_request(terms, buyer, COST), 3);
        adapter.execute(terms);
    }

    function _expect(bytes memory reason) internal {
        vm.expectRevert(reason);
    }

    function _expectNothingToReimburse(Terms memory terms, address payer) internal {
        _expect(abi.encodeWithSelector(IKlerosAdapter.NothingToReimburse.selector, _idOf(terms), payer));
    }

    function _case(Terms memory terms) internal view returns (IKlerosAdapter.Case memory) {
        return adapter.caseOf(_idOf(terms));
    }
}
